-- Staged: incoming_boards, those that a listed board stands for: threads, months of a dump.
insert into boards by name
select * from incoming_boards where board_id not in (select board_id from boards);
