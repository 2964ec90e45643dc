-- Months, weeks and days of the postings of a scope. Sources that have stood every month in one form count in the months,
-- the others in the weeks.

-- The postings of the monthly threads, by track.
create or replace macro threads_in(scope) as table
    select date_trunc('month', p.posted_on)::date as base, posting_id, l.track,
        drawn_unit(scope['kind'], posting_id, p.company) as unit, p.company
    from in_scope('postings', 'posting_places', scope)
    join postings p using (posting_id) join labels l using (posting_id) join sources s using (source)
    where s.is_dated and l.is_sure and l.track <> 'none' and p.posted_on is not null;
comment on macro table threads_in is 'The postings of the monthly threads in a scope: base (month), posting_id, track, unit, company';

-- The postings of each track in each month's threads, with the sums that the interval of its share is made from
-- (warehouse/through_time.py). A track that a month has none of is there too.
create or replace macro months_in(scope) as table
with threads as (
    from threads_in(scope)
),
tracks as (
    select posting_id, track as kind from threads
),
summed as (
    from sums_over_units('threads', 'tracks')
),
months as (
    select distinct base, of_postings, units, of_squares from summed
)
select m.base as month_on, track, coalesce(postings, 0) as postings, coalesce(companies, 0) as companies, m.of_postings,
    coalesce(postings, 0) / m.of_postings as share, m.units, coalesce(squares, 0) as squares,
    coalesce(products, 0) as products, m.of_squares
from months m cross join (select unnest(tracks_in_order()) as track) left join summed s on s.base = m.base and s.kind = track
order by month_on, track;
comment on macro table months_in is 'Postings and share of each track in each month''s threads, in a scope, with sums over companies for its interval; of everywhere, table demand_by_month has them';

-- What stood on the boards and from when to when. What was there on the first day its board was read had opened before, and
-- is not new.
create or replace macro jobs_on_boards() as table
with stood_before as (
    select distinct coalesce(d.same_as, p.posting_id) as posting_id, first_seen_on
    from postings p join first_readings() using (board_id) left join duplicates d using (posting_id)
    where first_seen_on <= first_read_on
)
select p.posting_id, p.company, p.first_seen_on, p.closed_on, b.posting_id is null as is_new
from jobs p left join stood_before b using (posting_id, first_seen_on)
where p.source not in (select source from sources where is_dated);
comment on macro table jobs_on_boards is 'The jobs of sources that are boards: posting_id, company, first_seen_on, closed_on, is_new (not there on the first day its board was read)';

-- Stock and flow of each track and of all six, week by week from the first posting seen on the boards to the last run. A
-- week's cell is what was open on any of its days. What stood on a board on the first day it was read is stock, and opens
-- in no week.
create or replace macro weeks_in(scope) as table
with on_boards as (
    from jobs_on_boards()
),
seen as (
    select unnest([l.track, 'all']) as track, p.company, p.first_seen_on, p.closed_on, p.is_new
    from in_scope('jobs', 'job_places', scope)
    join on_boards p using (posting_id) join labels l using (posting_id)
    where l.is_sure and l.track <> 'none'
),
span as (
    select min(date_trunc('week', first_seen_on)) as first_week,
        (select max(date_trunc('week', fetched_at)) from fetches) as last_week
    from on_boards
),
weeks as (
    select unnest(generate_series(first_week, last_week, interval 7 day))::date as week_on from span
),
cells as (
    select week_on, track, is_new and first_seen_on between week_on and week_on + 6 as has_opened,
        closed_on between week_on and week_on + 6 as has_closed, company,
        coalesce(closed_on > week_on + 6, true) as is_open
    from weeks join seen on first_seen_on <= week_on + 6 and coalesce(closed_on >= week_on, true)
),
counted as (
    select week_on, track, count(*) filter (has_opened) as opened, count(*) filter (has_closed) as closed,
        count(*) filter (is_open) as open
    from cells group by week_on, track
)
select week_on, track, coalesce(opened, 0) as opened, coalesce(closed, 0) as closed, coalesce(open, 0) as open
from weeks cross join (select unnest(['all'] || tracks_in_order()) as track) left join counted using (week_on, track);
comment on macro table weeks_in is 'Stock and flow of each track and of all six on the boards, week by week, in a scope';

-- How many closed on each day since they opened, and how many were at risk of it: those first seen before that day, and last
-- seen or closed on it or later. From the name of a table (base, entered, left_after, has_closed): days since it opened.
create or replace macro at_risk_in(lives) as table
select d.base, d.day, d.closed, count(*) as at_risk
from (
    select base, left_after as day, count(*) as closed from query_table(lives)
    where has_closed and left_after > entered group by base, left_after
) d join query_table(lives) l on l.base = d.base and l.entered < d.day and l.left_after >= d.day
group by d.base, d.day, d.closed;
comment on macro table at_risk_in is 'How many of each base closed on each day since they opened, and how many were at risk; lives names a table (base, entered, left_after, has_closed)';

-- What is seen of how long the postings of each track stay open. A posting opens on the day its board says; where it says none,
-- on the day it was first seen, if its board had been read before. Sources that do not list all they have do not tell when
-- one closes. A closing is known to within the days between the last reading that had the posting and the first that had not.
create or replace macro open_time_in(scope) as table
with dated as (
    select l.track, p.company, p.first_seen_on, p.last_seen_on, p.closed_on,
        case when p.posted_on is not null then least(p.posted_on, p.first_seen_on)
            when p.first_seen_on > first_read_on then p.first_seen_on end as opened_on
    from in_scope('jobs', 'job_places', scope)
    join jobs p using (posting_id) join labels l using (posting_id)
    join sources s using (source) join first_readings() using (board_id)
    where l.is_sure and l.track <> 'none' and s.lists_all and not s.is_dated
),
opened as (
    select track as base, company, first_seen_on - opened_on as entered,
        coalesce(closed_on, last_seen_on) - opened_on as left_after, closed_on is not null as has_closed,
        closed_on - last_seen_on as gap
    from dated where opened_on is not null
),
lives as (
    from opened where left_after > entered
),
counted as (
    select base, count(*) as postings, count(distinct company) as companies, count(*) filter (has_closed) as closed,
        count(*) filter (entered > 0) as entered_late
    from lives group by base
),
gaps as (
    select base, ceil(median(gap))::bigint as gap_days from opened group by base
),
days as (
    select base, list({'day': day, 'closed': closed, 'at_risk': at_risk} order by day) as days from at_risk_in('lives') group by base
)
select track, coalesce(postings, 0) as postings, coalesce(companies, 0) as companies, coalesce(closed, 0) as closed,
    coalesce(entered_late, 0) as entered_late, gap_days, coalesce(days, []) as days
from (select unnest(tracks_in_order()) as track)
left join (from counted join gaps using (base) left join days using (base)) on base = track;
comment on macro table open_time_in is 'What is seen of how long the postings of each track stay open, in a scope: of each day, those that closed and those at risk; table time_open tells the median';
