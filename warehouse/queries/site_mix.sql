-- Every place and company that the site may have a page about: a row for each of the six tracks, and one for all of
-- them together (track 'all'), each with what it rests on. A kind of page more is one more `union all` in `members`;
-- the circles of metropolitan areas come in as parallel lists.
with asked as (
    select unnest($metros) as metro, unnest($cities) as city, unnest($countries) as country, unnest($kilometres) as km
),
circles as (
    select *
    from asked join gazetteer using (city, country)
    qualify row_number() over (partition by metro order by population desc) = 1
),
members as (
    select {'kind': area_kind, 'country': country, 'region': region, 'name': null::varchar} as page, posting_id,
        null as city, null as latitude, null as longitude, null as km
    from posting_areas
    union all
    select distinct {'kind': 'metro', 'country': c.country, 'region': c.region, 'name': c.metro}, w.posting_id,
        c.city, c.latitude, c.longitude, c.km
    from circles c join job_places w on lies_in(
        'city', c.country, c.region, c.city, c.latitude, c.longitude, c.km,
        w.country, w.region, w.city, w.latitude, w.longitude)
    union all
    select {'kind': 'company', 'country': null, 'region': null, 'name': company}, posting_id, null, null, null, null
    from jobs
),
inside as (
    select m.*, j.company, j.board_id, j.pay_low_usd, j.pay_high_usd, j.is_sample, j.last_seen_on,
        case when l.is_sure then l.track else 'unsure' end as track
    from members m join jobs j using (posting_id) join labels l using (posting_id)
    where j.closed_on is null
),
basis as (
    select page, count(*) as open_postings, count(distinct company) as open_companies,
        count(distinct board_id) as boards, count(*) filter (track = 'none') as none,
        count(*) filter (track = 'unsure') as unsure, bool_or(is_sample) as is_sample,
        min(last_seen_on) as seen_from, max(last_seen_on) as seen_to
    from inside group by page
),
in_track as (
    select page, track, company, pay_in(
        posting_id, pay_low_usd, pay_high_usd, case page.kind when 'metro' then 'city' else page.kind end,
        page.country, page.region, city, latitude, longitude, km
    ) as pay
    from inside where track not in ('none', 'unsure')
),
counted as (
    select page, coalesce(track, 'all') as track, count(*) as postings, count(distinct company) as companies,
        count(pay.low) as with_pay, count(distinct company) filter (pay.low is not null) as pay_companies,
        median(pay.low) as pay_low_usd, median((pay.low + pay.high) / 2) as pay_mid_usd,
        median(pay.high) as pay_high_usd
    from in_track group by grouping sets ((page, track), (page))
),
corrected as (
    select page, coalesce(e.track, 'all') as track, sum(e.expected) as corrected
    from inside join expected_counts e using (posting_id)
    where e.track <> 'none'
    group by grouping sets ((page, e.track), (page))
),
employers as (
    select page, 'all' as track,
        list({'name': company, 'postings': postings} order by postings desc, company)[:10] as employers
    from (select page, company, count(*) as postings from in_track where page.kind <> 'company' group by all)
    group by page
),
rows as (
    select page, track from basis cross join (select unnest(['all'] || $tracks) as track)
)
select page.kind, page.country, n.name as country_name, page.region, page.name, track,
    coalesce(c.postings, 0) as postings, coalesce(c.companies, 0) as companies,
    share_low(coalesce(c.postings, 0), t.postings) as share_low, coalesce(c.postings, 0) / t.postings as share,
    share_high(coalesce(c.postings, 0), t.postings) as share_high, coalesce(r.corrected, 0) as corrected,
    coalesce(c.with_pay, 0) as with_pay, coalesce(c.pay_companies, 0) as pay_companies,
    c.pay_low_usd, c.pay_mid_usd, c.pay_high_usd, employers, b.* exclude (page)
from rows
join basis b using (page)
left join countries n on n.country = page.country
left join counted c using (page, track)
left join (from counted where track = 'all') t using (page)
left join corrected r using (page, track)
left join employers using (page, track)
order by page, track <> 'all', postings desc, track
