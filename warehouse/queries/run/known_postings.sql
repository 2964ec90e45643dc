-- The postings of some boards as they were last judged, and whether they are open.
select board_id, posting_id, raw_sha256, reading, closed_on is null as is_open
from postings where board_id in (select unnest($board_ids))
