-- What one run came to; `gone` are those of the failed that only the directory lists and that are no more.
select
    count(*) as boards,
    count(*) filter (f.outcome in ('read', 'unchanged', 'empty')) as read,
    count(*) filter (f.outcome = 'unchanged') as unchanged,
    count(*) filter (f.outcome = 'failed') as failed,
    count(*) filter (is_gone_of_directory(f.outcome, f.http_status, b.named_by)) as gone,
    count(*) filter (f.outcome = 'skipped') as skipped,
    coalesce(sum(f.opened), 0)::bigint as new,
    coalesce(sum(f.changed), 0)::bigint as changed,
    coalesce(sum(f.closed), 0)::bigint as closed,
    coalesce(sum(f.rejected), 0)::bigint as rejected
from fetches f left join boards b using (board_id)
where f.loaded_run_id = $run_id
