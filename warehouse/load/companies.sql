-- Staged: incoming_companies (board_id, company: as the board itself calls it), of boards that only their token named.
update postings p
set company = i.company
from incoming_companies i join boards b using (board_id)
where p.board_id = i.board_id and p.company = b.company;
update boards b
set company = i.company, named_by = 'board'
from incoming_companies i
where b.board_id = i.board_id;
