-- The track's share in the area over its share in all areas of that kind. The 95 % interval is by linearisation of its
-- logarithm over companies; where each company has one posting in one area, it is that of Moineddin, Beyene & Boyle 2003
-- (Geogr. Anal. 35:249).
with placed as (
    select a.area_kind, {'country': a.country, 'region': a.region} as area, t.track, t.company, posting_id
    from posting_areas a join open_tracks t using (posting_id)
    where a.area_kind in ('country', 'region')
),
of_company as (
    select area_kind, company, count(distinct posting_id) as all_n from placed group by area_kind, company
),
of_track as (
    select area_kind, company, track, count(distinct posting_id) as track_n from placed group by area_kind, company, track
),
of_area as (
    select area_kind, area, company, count(*) as area_n from placed group by area_kind, area, company
),
of_both as (
    select area_kind, area, track, company, count(*) as n from placed group by area_kind, area, track, company
),
cells as (
    select area_kind, area, track, sum(n) as postings, count(*) as companies from of_both group by area_kind, area, track
    having is_shown('area', sum(n), count(*))
),
by_company as (
    select c.*, coalesce(n, 0) as n, coalesce(area_n, 0) as area_n, coalesce(track_n, 0) as track_n, all_n,
        sum(area_n) over in_cell as area_postings, sum(track_n) over in_cell as track_postings,
        sum(all_n) over in_cell as all_postings
    from cells c join of_company using (area_kind)
    left join of_track using (area_kind, company, track)
    left join of_area using (area_kind, area, company)
    left join of_both using (area_kind, area, track, company)
    window in_cell as (partition by area_kind, area, track)
),
quotients as (
    select area, track, any_value(postings)::bigint as postings, any_value(companies) as companies,
        any_value((postings / area_postings) / (track_postings / all_postings)) as quotient,
        sqrt(sum(pow(n / postings - area_n / area_postings - track_n / track_postings + all_n / all_postings, 2))) as error
    from by_company group by area_kind, area, track
)
select area.country as country, area.region as region, track, postings, companies, quotient,
    quotient * exp(-1.96 * error) as quotient_low, quotient * exp(1.96 * error) as quotient_high
from quotients
order by country, region nulls first, track
