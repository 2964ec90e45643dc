-- Staged: incoming_boards, those that this run is about, with is_whole: whether they are all that its registry lists, and
-- is_given: whether the registry is a file given to this run alone, which may name but one of a company's boards.
update boards b set is_listed = false
where coalesce(b.named_by, 'registry') = 'registry'  -- what the directory has is read in some runs only
and (select bool_and(is_whole) from incoming_boards) and not exists (  -- a thread of a listed board is listed with it
    select 1 from incoming_boards i where starts_with(b.board_id, i.board_id || '/')
) and not exists (
    select 1 from incoming_boards i join boards known using (board_id)
    where i.is_given and i.company = b.company and known.is_listed
);
-- a company that is called otherwise now is called so in all its postings, but where the board named another
update postings p
set company = i.company
from incoming_boards i join boards b using (board_id)
where p.board_id = i.board_id and b.company <> i.company and p.company = b.company
    and not coalesce(i.named_by = 'token' and b.named_by = 'board', false);
merge into boards b
using incoming_boards i
on b.board_id = i.board_id
when matched then update set
    company = if(i.named_by = 'token' and b.named_by = 'board', b.company, i.company),
    named_by = if(i.named_by = 'token' and b.named_by = 'board', b.named_by, i.named_by),
    source = i.source, token = i.token, is_sample = i.is_sample, is_listed = true
when not matched then insert (board_id, company, source, token, is_sample, is_listed, named_by)
    values (i.board_id, i.company, i.source, i.token, i.is_sample, true, i.named_by);
