-- Boards that were gone on two days or more since they last answered, each day one on which another board of their source was
-- read, and that are left alone at $now: for a week after the second such day, then 2, 4, 8 and at most 16.
with answered as (
    select board_id, max(fetched_at) as last_at from fetches
    where outcome in ('fetched', 'read', 'unchanged', 'empty')
    group by board_id
), sources_read as (
    select distinct f.run_id, b.source from fetches f join boards b using (board_id)
    where f.outcome in ('fetched', 'read', 'unchanged', 'empty')
), gone as (
    select f.board_id, count(distinct f.fetched_at::date) as days, max(f.fetched_at)::date as last_on
    from fetches f join boards b using (board_id) join sources_read using (run_id, source)
    left join answered a using (board_id)
    where is_gone(f.outcome, f.http_status)
        and (a.last_at is null or f.fetched_at > a.last_at)
    group by f.board_id
    having count(distinct f.fetched_at::date) > 1
)
select board_id, days, last_on, last_on + (7 * 2 ** least(days - 2, 4))::integer as again_on
from gone
where $now < again_on
order by board_id
