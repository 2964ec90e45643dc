-- Months, weeks and days of the postings of a scope. Sources that have stood every month in one form count in the months,
-- the others in the weeks.

-- The postings of the monthly threads, by track.
create or replace macro threads_in(scope) as table
    select date_trunc('month', p.posted_on)::date as base, l.track, drawn_unit(scope['kind'], posting_id, p.company) as unit, p.company
    from in_scope('postings', 'posting_places', scope)
    join postings p using (posting_id) join labels l using (posting_id) join sources s using (source)
    where s.is_dated and l.is_sure and l.track <> 'none' and p.posted_on is not null;
comment on macro table threads_in is 'The postings of the monthly threads in a scope: base (month), track, unit, company';

-- Share of each track in each month's threads.
create or replace macro months_in(scope) as table
with threads as (
    from threads_in(scope)
),
shared as (
    from all_shares_of('threads', tracks_in_order())
)
select base as month_on, track, postings, companies, of_postings, share, share_low, share_high
from shared;
comment on macro table months_in is 'Share of each track in each month''s threads, in a scope';

-- The first day that each board was read. What was seen on it then had opened before.
create or replace macro first_readings() as table
select board_id, min(fetched_at)::date as first_read_on from fetches
where outcome in ('read', 'unchanged', 'empty') group by board_id;
comment on macro table first_readings is 'The first day each board was read: board_id, first_read_on';

-- Stock and flow of each track and of all six, week by week from the first posting seen on the boards to the last run. A
-- week's cell is what was open on any of its days. What stood on a board on the first day it was read is stock, and opens
-- in no week.
create or replace macro weeks_in(scope) as table
with stood_before as (
    select distinct coalesce(d.same_as, p.posting_id) as posting_id, first_seen_on
    from postings p join first_readings() using (board_id) left join duplicates d using (posting_id)
    where first_seen_on <= first_read_on
),
on_boards as (
    select p.posting_id, p.company, p.first_seen_on, p.closed_on, b.posting_id is null as is_new
    from jobs p left join stood_before b using (posting_id, first_seen_on)
    where p.source not in (select source from sources where is_dated)
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

-- How long the postings of each track stay open. A posting opens on the day its board says; where it says none, on the day
-- it was first seen, if its board had been read before. Sources that do not list all they have do not tell when one closes.
-- A closing is known to within the days between the last reading that had the posting and the first that had not. The
-- days open are told only where half of these gaps, gap_days, are at most a quarter of them.
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
lives as (
    select track as base, company, first_seen_on - opened_on as entered,
        coalesce(closed_on, last_seen_on) - opened_on as left_after, closed_on is not null as has_closed,
        closed_on - last_seen_on as gap
    from dated where opened_on is not null
),
gaps as (
    select base, ceil(median(gap))::bigint as gap_days from lives group by base
),
known as (
    select *, gap_days <= coalesce(median_days, median_days_low) / 4 as is_close
    from open_time_of('lives') join gaps using (base)
)
select track, coalesce(postings, 0) as postings, coalesce(companies, 0) as companies, coalesce(closed, 0) as closed,
    coalesce(entered_late, 0) as entered_late, gap_days, case when is_close then median_days end as median_days,
    case when is_close then median_days_low end as median_days_low, case when is_close then median_days_high end as median_days_high
from (select unnest(tracks_in_order()) as track) left join known on base = track;
comment on macro table open_time_in is 'How long the postings of each track stay open, in a scope';
