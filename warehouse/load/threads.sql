-- Staged: incoming_boards, the threads that a listed board stands for.
insert into boards by name
select * from incoming_boards where board_id not in (select board_id from boards);
