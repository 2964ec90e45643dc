-- How many of each company's openings of a track that name a place have one in a hub: a country, or a city with what lies
-- within_km around it? $hubs lists them.
with hubs as (
    select unnest($hubs, recursive := true)
),
centred as (
    select h.country, h.within_km, g.latitude, g.longitude
    from hubs h left join gazetteer g on g.city = h.city and g.country = h.country
    qualify row_number() over (partition by h.country, h.city order by g.population desc) = 1
),
placed as (
    select t.track, t.company, posting_id, bool_or(case when h.within_km = 0 then w.country = h.country
        else coalesce(km_between(h.latitude, h.longitude, w.latitude, w.longitude) <= h.within_km, false) end) as is_in
    from open_tracks t join job_places w using (posting_id) cross join centred h
    where w.country is not null
    group by all
)
select track, company, count(*) filter (is_in) as postings, count(*) as of_postings
from placed group by track, company order by track, company
