-- What was fetched of boards of a shard and is not loaded yet, oldest first; a killed run leaves some for the next.
select f.run_id, b.company, b.source, b.token, b.is_sample, f.fetched_at, f.outcome, f.snapshot, f.board_id, f.bytes, coalesce(b.named_by, 'registry') <> 'registry' as is_sieved,
    (
        select max(e.fetched_at)::date from fetches e
        where e.board_id = f.board_id and e.outcome in ('read', 'unchanged', 'empty') and e.loaded_run_id is not null
            and e.fetched_at::date < f.fetched_at::date
    ) as read_before_on,
    (  -- how many postings the board listed the last time, where that was too few to be sure
        select case when e.error is not null then e.postings - e.rejected end from fetches e
        where e.board_id = f.board_id and e.outcome in ('read', 'unchanged', 'empty') and e.loaded_run_id is not null
        order by e.fetched_at desc, e.rowid desc limit 1
    ) as listed_in_doubt
from fetches f join boards b using (board_id)
where f.loaded_run_id is null and shard_of(b.board_id, b.source, $shards) = $shard
order by f.fetched_at, f.rowid  -- replayed runs share one time; rows stand as they were written
limit $most
