-- Every place and company that the site may have a page about: a row for each of the six tracks, and one for all of
-- them together (track 'all'), each with what it rests on. A track under the least postings or companies has no figure, and
-- `withheld` says why; the row of all has its counts, for its page says how many there are. A kind of page more is one more `union all` in `members`; the circles of metropolitan areas come
-- in as parallel lists.
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
        scope_of(area_kind, country := country, region := region) as scope
    from posting_areas
    union all
    select distinct {'kind': 'metro', 'country': c.country, 'region': c.region, 'name': c.metro}, w.posting_id, c.scope
    from (
        select *, scope_of('city', country := country, region := region, city := city, latitude := latitude,
            longitude := longitude, within_km := km) as scope
        from circles
    ) c join job_places w on lies_in(c.scope, w.country, w.region, w.city, w.latitude, w.longitude)
    union all
    select {'kind': 'company', 'country': null, 'region': null, 'name': company}, posting_id, scope_of('company')
    from jobs
),
inside as (
    select m.*, j.company, j.board_id, j.pay_low_usd, j.pay_high_usd, j.is_sample, j.last_seen_on,
        case when l.is_sure then l.track else 'unsure' end as track, l.track as predicted,
        is_clearly_none(l.track, l.probability) as is_clear
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
    select page, track, company, drawn_unit(page.kind, posting_id, company) as unit,
        pay_in(posting_id, pay_low_usd, pay_high_usd, scope) as pay
    from inside where track not in ('none', 'unsure')
),
counted as (
    select page as base, track, unit, company from in_track
),
together as (
    select page as base, 'all' as track, count(*) as postings, count(distinct company) as companies, 1.0 as share,
        null as share_low, null as share_high
    from in_track group by page
),
shares as (
    from shares_of('counted') select base, track, postings, companies, share, share_low, share_high
    union all from together
),
stated as (
    select {'page': page, 'track': unnest([track, 'all'])} as base, unit, company, (pay.low + pay.high) / 2 as pay_mid
    from in_track
),
stating as (
    select base.page as base, base.track as track, count(pay_mid) as with_pay from stated group by all
),
paid as (
    select base.page as base, base.track as track, * exclude (base)
    from pay_of('stated') where is_shown(base.page.kind, with_pay, pay_companies)
),
found as (
    select page as base, company, predicted, count(*) as postings from inside where not is_clear group by all
),
correctable as (
    from corrected_of('found') where is_corrected_shown(of_postings) and track <> 'none'
),
corrected as (
    select base, track, corrected, corrected_low, corrected_high from correctable
    union all
    select base, 'all', sum(corrected), null, null from correctable group by base
),
stock as (
    select {'page': page, 'track': unnest([track, 'all'])} as base, drawn_unit(page.kind, posting_id, company) as unit,
        company, was_open, is_open
    from members join stock_of_tracks() using (posting_id)
),
changed as (
    select base.page as base, base.track as track, change, change_low, change_high
    from changes_of('stock')
    where is_change
        and is_shown(base.page.kind, greatest(postings, postings_before), companies)
),
employers as (
    select page as base, 'all' as track,
        list({'name': company, 'postings': postings} order by postings desc, company)[:10] as employers
    from (select page, company, count(*) as postings from in_track where page.kind <> 'company' group by all)
    group by page
),
shown as (
    from shares where track = 'all' or is_shown(base.kind, postings, companies)
),
rows as (
    select page as base, track from basis cross join (select unnest(['all'] || $tracks) as track)
)
select r.base.kind as kind, r.base.country as country, n.name as country_name, r.base.region as region,
    r.base.name as name, r.track, case when r.track = 'all' then coalesce(w.postings, 0) else w.postings end as postings,
    case when r.track = 'all' then coalesce(w.companies, 0) else w.companies end as companies, w.share, w.share_low, w.share_high,
    c.corrected, c.corrected_low, c.corrected_high,
    case when w.postings is not null then coalesce(t.with_pay, 0) end as with_pay,
    case when w.postings is not null then coalesce(t.with_pay, 0) / w.postings end as share_with_pay,
    pay_q1 as pay_q1_usd, pay_mid as pay_mid_usd, pay_q3 as pay_q3_usd, pay_mid_low as pay_mid_low_usd,
    pay_mid_high as pay_mid_high_usd, change, change_low, change_high, employers,
    case when s.postings is null then 'none' when not is_shown(r.base.kind, s.postings, s.companies) then 'too few' end
        as withheld, least_postings() as least_postings, b.* exclude (page)
from rows r
join basis b on b.page = r.base
left join countries n on n.country = r.base.country
left join shares s using (base, track)
left join shown w using (base, track)
left join stating t using (base, track)
left join (select c.* from corrected c join shown using (base, track)) c using (base, track)
left join paid p using (base, track)
left join changed using (base, track)
left join employers using (base, track)
order by r.base, r.track <> 'all', s.postings desc nulls last, r.track
