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

-- The first day that each board was read. What was seen on it then had opened before.
create or replace macro first_readings() as table
select board_id, min(fetched_at)::date as first_read_on from fetches
where outcome in ('read', 'unchanged', 'empty') group by board_id;
comment on macro table first_readings is 'The first day each board was read: board_id, first_read_on';

-- The day of the last run and the one four weeks before.
create or replace macro change_days() as table
select max(fetched_at)::date as now_on, max(fetched_at)::date - 28 as then_on from fetches;
comment on macro table change_days is 'The day of the last run (now_on) and the one four weeks before (then_on)';

-- The jobs that were open on either of two days, by track. Only companies with a board that was read by then count, or a
-- new board would look like a growing market; and no threads, which stand for a month whatever becomes of their jobs.
create or replace macro stock_on(then_day, now_day) as table
with first_read as (
    select company, min(first_read_on) as first_read_on from first_readings() join boards using (board_id) group by company
)
select p.posting_id, l.track, p.company, p.first_seen_on <= then_day and coalesce(p.closed_on > then_day, true) as was_open,
    coalesce(p.closed_on > now_day, true) as is_open
from jobs p join labels l using (posting_id)
where l.is_sure and l.track <> 'none' and p.company in (select company from first_read where first_read_on <= then_day)
    and p.source not in (select source from sources where is_dated) and (was_open or is_open);
comment on macro table stock_on is 'The jobs of the six tracks open on either of two days, on boards read by the first: posting_id, track, company, was_open, is_open';

create or replace macro stock_of_tracks() as table
from stock_on((select then_on from change_days()), (select now_on from change_days()));
comment on macro table stock_of_tracks is 'The jobs of the six tracks open on either of change_days(), on boards read by then: posting_id, track, company, was_open, is_open';
