-- Places that the site tells of and no table keeps estimates of, each as a scope: the wide areas with an opening of the six
-- tracks, and what lies $within_km around each city that has one, where another such city lies there too.
with placed as (
    select w.* from job_places w join open_tracks using (posting_id)
),
cities as (
    select city, region, country, avg(latitude) as latitude, avg(longitude) as longitude
    from placed where city is not null group by all having avg(latitude) is not null
),
around as (
    select distinct c.*
    from cities c join cities n on n.latitude between c.latitude - $within_km / 111 and c.latitude + $within_km / 111
        and (c.country, c.region, c.city) is distinct from (n.country, n.region, n.city)
    where km_between(c.latitude, c.longitude, n.latitude, n.longitude) <= $within_km
)
select 'circle' as kind, country, region, city, null as name, scope_of('city', country := country, region := region, city := city,
        latitude := latitude, longitude := longitude, within_km := $within_km::double) as scope
from around
union all by name
select 'wide_area' as kind, area as name, scope_of('wide_area', countries := list(part order by part)) as scope
from (select area, concat_ws(', ', country, region) as part from wide_areas)
group by area having bool_or(part in (select unnest([country, country || ', ' || region]) from placed))
order by kind, name, country, region, city
