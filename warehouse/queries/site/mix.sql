-- Every place and company that the site may have a page about: a row for each of the six tracks, and one for all of them
-- together (track 'all'). First what is counted there, then what is estimated (of $areas, metropolitan areas, wide areas and
-- what lies around cities, it is not kept), then what the page rests on (`seen_to` where that is before the last reading). A
-- kind of page more is one more `union all` in `members`.
with areas as (
    select unnest($areas) as area
),
spots as materialized (
    select distinct country, region, city, latitude, longitude from job_places
),
held as materialized (
    select area, spots.* from areas join spots on lies_in(area.scope, country, region, city, latitude, longitude)
),
members as (
    select {'kind': area_kind, 'country': country, 'region': region, 'city': null::varchar, 'name': null::varchar} as page,
        posting_id, scope_of(area_kind, country := country, region := region) as scope
    from posting_areas
    union all
    select distinct {'kind': 'city', 'country': country, 'region': region, 'city': city, 'name': null}, posting_id,
        scope_of('city', country := country, region := region, city := city)
    from job_places where city is not null
    union all
    select distinct {'kind': area.kind, 'country': area.country, 'region': area.region, 'city': area.city, 'name': area.name},
        posting_id, area.scope
    from held h join job_places w on (h.country, h.region, h.city, h.latitude, h.longitude)
        is not distinct from (w.country, w.region, w.city, w.latitude, w.longitude)
    union all
    select {'kind': 'company', 'country': null, 'region': null, 'city': null, 'name': company}, posting_id, scope_of('company')
    from jobs
),
inside as (
    select m.*, j.company, j.board_id, j.seniority, j.pay_low_usd, j.pay_high_usd, j.is_sample, j.last_seen_on, j.title,
        coalesce(j.posted_on, j.first_seen_on) as published_on,
        case when l.is_sure then l.track else 'unsure' end as track
    from members m join jobs j using (posting_id) join labels l using (posting_id)
    where j.closed_on is null
),
basis as (
    select page, count(*) as open_postings, count(distinct board_id) as boards, count(*) filter (track = 'none') as none,
        count(*) filter (track = 'unsure') as unsure, bool_or(is_sample) as is_sample,
        nullif(max(last_seen_on), (select max(fetched_at)::date from fetches)) as seen_to
    from inside group by page
),
in_tracks as (
    select page, posting_id, track, company, seniority, title, published_on,
        pay_in(posting_id, pay_low_usd, pay_high_usd, scope) as pay
    from inside where track not in ('none', 'unsure')
),
counted as (
    select page as base, track, count(*) as postings, count(distinct company) as companies,
        count(*) filter (seniority = 'early') as early, count(*) filter (seniority = 'senior') as senior,
        count(*) filter (seniority = 'lead') as lead,
        count(pay.low + pay.high) as with_pay, min(pay.low) as pay_least_usd, max(pay.high) as pay_most_usd
    from (select page, company, seniority, pay, unnest([track, 'all']) as track from in_tracks) group by all
),
changed as (
    select page as base, track, count(*) filter (is_open) - count(*) filter (was_open) as change
    from (
        select page, was_open, is_open, unnest([track, 'all']) as track from members join stock_of_tracks() using (posting_id)
    ) group by all
),
-- what came onto the boards and went from them, in the weeks in which anything did
moves as (
    select posting_id, unnest([{'moved_on': first_seen_on, 'change': 1, 'has_opened': is_new, 'has_closed': false},
        {'moved_on': closed_on, 'change': -1, 'has_opened': false, 'has_closed': true}], recursive := true)
    from jobs_on_boards() join labels using (posting_id) where is_sure and track <> 'none'
),
moved as (
    select page, date_trunc('week', moved_on)::date as week_on, sum(change) as change,
        count(*) filter (has_opened) as opened, count(*) filter (has_closed) as closed
    from members join moves using (posting_id) where moved_on is not null and page.kind <> 'circle' group by all
),
weekly as (
    select page as base, 'all' as track,
        list({'week_on': week_on, 'opened': opened, 'closed': closed, 'open': open} order by week_on) as weeks
    from (select *, (sum(change) over (partition by page order by week_on))::bigint as open from moved) group by page
),
-- the countries that a company's openings name
hires_in as (
    select page as base, 'all' as track, list({'name': name, 'postings': postings} order by postings desc, name) as hires_in
    from (
        select page, name, count(distinct posting_id) as postings
        from in_tracks join job_places w using (posting_id) join countries n on n.country = w.country
        where page.kind = 'company' group by all
    ) group by page
),
employers as (
    select page as base, 'all' as track,
        list({'name': company, 'postings': postings} order by postings desc, company)[:10] as employers
    from (select page, company, count(*) as postings from in_tracks where page.kind <> 'company' group by all)
    group by page
),
-- at most $of_a_company of each company, then the others
newest as (
    select page as base, 'all' as track,
        list(posting_id order by nth > $of_a_company, published_on desc, company, title, posting_id)[:$most] as newest
    from (
        select *, row_number() over (partition by page, company order by published_on desc, title, posting_id) as nth
        from in_tracks where page.kind not in ('company', 'circle')
    ) group by page
),
-- what a page's estimates borrow from, by its name
around as (
    select page as base, case when page.kind = 'city' and page.region is not null then page.region
            when page.kind <> 'world' then coalesce(n.name, 'everywhere') end as parent_called
    from basis left join company_countries h on page.kind = 'company' and h.company = page.name
    left join countries n on n.country = case when page.kind in ('region', 'city', 'circle', 'metro') then page.country else h.country end
),
rows as (
    select page as base, track from basis cross join (select unnest(['all'] || tracks_in_order()) as track)
)
select r.base.kind as kind, r.base.country as country, n.name as country_name, r.base.region as region,
    r.base.city as city, r.base.name as name, r.track, coalesce(c.postings, 0) as postings, coalesce(c.companies, 0) as companies,
    coalesce(c.early, 0) as early, coalesce(c.senior, 0) as senior, coalesce(c.lead, 0) as lead,
    coalesce(c.with_pay, 0) as with_pay, c.pay_least_usd, c.pay_most_usd, change, share, share_low, share_high, worth,
    pay_mid_usd, pay_mid_low_usd, pay_mid_high_usd, parent_called, parent_postings, parent_weight, employers, newest,
    weeks, hires_in, b.* exclude (page)
from rows r
join basis b on b.page = r.base
join around using (base)
left join countries n on n.country = r.base.country
left join counted c using (base, track)
left join changed using (base, track)
left join employers using (base, track)
left join newest using (base, track)
left join weekly using (base, track)
left join hires_in using (base, track)
left join estimates e on e.level = 'all' and e.track = r.track and e.kind = r.base.kind
    and e.company is not distinct from r.base.name and e.country is not distinct from r.base.country
    and e.region is not distinct from r.base.region and e.city is not distinct from r.base.city
order by r.base, r.track <> 'all', list_position(tracks_in_order(), r.track)
