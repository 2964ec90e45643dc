-- The last time each board of a source and a shard answered something that could be read; of visits at one time the one written down last.
select board_id, f.fetched_at, f.etag, f.last_modified, f.payload_sha256, f.snapshot
from fetches f join boards b using (board_id)
where b.source = $source and shard_of(b.board_id, b.source, $shards) = $shard
    and f.outcome in ('fetched', 'read', 'unchanged', 'empty')
qualify row_number() over (partition by board_id order by f.fetched_at desc, f.rowid desc) = 1
