update boards set is_listed = false;
merge into boards b
using incoming_boards i
on b.board_id = i.board_id
when matched then update set
    company = i.company, source = i.source, token = i.token, is_sample = i.is_sample, is_listed = true
when not matched then insert (board_id, company, source, token, is_sample, is_listed)
    values (i.board_id, i.company, i.source, i.token, i.is_sample, true);
