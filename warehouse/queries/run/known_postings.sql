-- The postings of some boards as they were last judged.
select board_id, posting_id, raw_sha256, reading from postings where board_id in (select unnest($board_ids))
