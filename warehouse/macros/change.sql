-- The stock of jobs in each base now and then, from the name of a table of jobs (base, unit, company, was_open, is_open), and
-- the change between. Squares sum over the units the square of their own change: what its interval is made from
-- (warehouse/comparisons.py).
create or replace macro changes_of(stock) as table
with by_unit as (
    select base, unit, any_value(company) as company, count(*) filter (was_open) as before, count(*) filter (is_open) as now
    from query_table(stock) group by base, unit
)
select base, sum(now)::bigint as postings, sum(before)::bigint as postings_before, count(distinct company) as companies,
    (sum(now) - sum(before))::bigint as change, sum((now - before) ** 2)::bigint as squares
from by_unit group by base;
comment on macro table changes_of is 'How far the stock in each base moved, with the sum of the units'' squares; stock names a table (base, unit, company, was_open, is_open)';

-- The day of the last run and the one four weeks before.
create or replace macro change_days() as table
select max(fetched_at)::date as now_on, max(fetched_at)::date - 28 as then_on from fetches;
comment on macro table change_days is 'The day of the last run (now_on) and the one four weeks before (then_on)';

-- The jobs that were open on either of these days, by track. Only companies with a board that was read by then count, or a
-- new board would look like a growing market; and no threads, which stand for a month whatever becomes of their jobs.
create or replace macro stock_of_tracks() as table
with read_by_then as (
    select b.company from fetches f join boards b using (board_id), change_days()
    where f.outcome in ('read', 'unchanged', 'empty')
    group by b.company having min(f.fetched_at)::date <= any_value(then_on)
)
select p.posting_id, l.track, p.company, p.first_seen_on <= then_on and coalesce(p.closed_on > then_on, true) as was_open,
    coalesce(p.closed_on > now_on, true) as is_open
from jobs p join labels l using (posting_id), change_days()
where l.is_sure and l.track <> 'none' and p.company in (from read_by_then)
    and p.source not in (select source from sources where is_dated) and (was_open or is_open);
comment on macro table stock_of_tracks is 'The jobs of the six tracks open on either of change_days(), on boards read by then: posting_id, track, company, was_open, is_open';
