-- The postings of some boards as they were last judged, by which rules, and whether they are open.
select board_id, posting_id, raw_sha256, reading, sieve, sifted_sha256 is not null as is_sifted, closed_on is null as is_open
from postings where board_id in (select unnest($board_ids))
