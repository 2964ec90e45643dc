-- Every week from the first posting seen to the last run, with a row for each of the six. Without the threads
-- of months before the first run, beside which the boards would seem to begin with a leap.
with seen as (
    select l.track, p.first_seen_on, p.closed_on
    from jobs p join labels l using (posting_id)
    where l.is_sure and l.track <> 'none' and p.source not in (select source from sources where is_dated)
),
span as (
    select min(date_trunc('week', first_seen_on)) as first_week,
        (select max(date_trunc('week', fetched_at)) from fetches) as last_week
    from seen
),
weeks as (
    select unnest(generate_series(first_week, last_week, interval 7 day))::date as week_on from span
)
select week_on, track,
    count(*) filter (first_seen_on between week_on and week_on + 6) as opened,
    count(*) filter (closed_on between week_on and week_on + 6) as closed,
    count(*) filter (first_seen_on <= week_on + 6 and (closed_on is null or closed_on > week_on + 6)) as open
from weeks cross join seen
group by all
order by week_on, track
