-- What one run came to.
select
    count(*) as boards,
    count(*) filter (outcome in ('read', 'unchanged', 'empty')) as read,
    count(*) filter (outcome = 'unchanged') as unchanged,
    count(*) filter (outcome = 'failed') as failed,
    count(*) filter (outcome = 'skipped') as skipped,
    coalesce(sum(opened), 0)::bigint as new,
    coalesce(sum(changed), 0)::bigint as changed,
    coalesce(sum(closed), 0)::bigint as closed,
    coalesce(sum(rejected), 0)::bigint as rejected
from fetches
where loaded_run_id = $run_id
