-- The last time each board of a source answered something that could be read; of visits at one time the one written down last.
select board_id, fetched_at, etag, last_modified, payload_sha256, snapshot
from fetches
where starts_with(board_id, $source || '/') and outcome in ('fetched', 'read', 'unchanged', 'empty')
qualify row_number() over (partition by board_id order by fetched_at desc, rowid desc) = 1
