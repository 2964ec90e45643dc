-- The cities with openings of the six tracks nearest to each that has some: at most $most, within $within_km.
with cities as (
    select city, region, country, avg(latitude) as latitude, avg(longitude) as longitude
    from job_places join open_tracks using (posting_id) where city is not null group by all
)
select c.country, c.region, c.city, n.country as near_country, n.region as near_region, n.city as near_city,
    km_between(c.latitude, c.longitude, n.latitude, n.longitude) as km
from cities c join cities n on n.latitude between c.latitude - $within_km / 111 and c.latitude + $within_km / 111
    and (c.country, c.region, c.city) is distinct from (n.country, n.region, n.city)
where km <= $within_km
qualify row_number() over (partition by c.country, c.region, c.city order by km, n.city) <= $most
order by c.country, c.region, c.city, km, n.city
