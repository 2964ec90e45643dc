-- Of the openings of a track that name a place, is at least half in two hubs (a city and what lies within_km around it,
-- and a country), and more of them in each than of the other tracks' openings?
-- Limits: Wilson's at the effective number of postings, companies as clusters.
with centre as (
    select latitude, longitude from gazetteer
    where city = $city and country = $city_country order by population desc limit 1
),
placed as (
    select t.track = $track as is_subject, t.company, posting_id,
        coalesce(bool_or(km_between(c.latitude, c.longitude, w.latitude, w.longitude) <= $within_km), false) as in_city,
        bool_or(w.country = $country) as in_country
    from open_tracks t join job_places w using (posting_id) left join centre c on true
    where w.country is not null
    group by all
),
by_hub as (
    select *, unnest([
        {'hub': 'both hubs', 'is_in': in_city or in_country}, {'hub': $city, 'is_in': in_city},
        {'hub': $country, 'is_in': in_country}
    ], recursive := true)
    from placed
),
of_company as (
    select hub, is_subject, company, count(*) as n, count(*) filter (is_in) as k from by_hub group by all
),
sides as (
    select hub, is_subject, sum(k) / sum(n) as share, sum(n)::bigint as postings, count(*) as companies,
        effective_postings(k, n) as independent, t_of(z_together(3), nullif(count(*) - 1, 0)) as t
    from of_company group by all
),
limits as (
    select *, wilson_low(share, independent, t) as low, wilson_high(share, independent, t) as high from sides
)
select hub as subject, case when hub <> 'both hubs' then 'other tracks' end as other,
    case when other is null then 'share' else 'points' end as unit, s.share as value,
    case when other is not null then o.share end as other_value,
    case when other is null then s.share else s.share - o.share end as figure,
    case when other is null then s.low else less_low(s.share, s.low, o.share, o.high) end as low,
    case when other is null then s.high else less_high(s.share, s.high, o.share, o.low) end as high,
    case when other is null then 0.5::double else 0 end as at_least, null as at_most,
    coalesce(s.postings, 0) as postings, coalesce(s.companies, 0) as companies
from (select unnest(['both hubs', $city, $country]) as hub)
left join (from limits where is_subject) s using (hub) left join (from limits where not is_subject) o using (hub)
order by figure - at_least, hub
