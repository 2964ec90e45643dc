-- What people commonly call the places with an opening of the six tracks, folded; `name` is that of a wide area.
with places as (
    select distinct country, region, city from job_places join open_tracks using (posting_id)
    union
    select distinct country, region, null from job_places join open_tracks using (posting_id)
    union
    select distinct country, null, null from job_places join open_tracks using (posting_id)
)
select n.country, n.region, n.city, n.area as name, n.name as called
from place_names n
where is_usual and (kind = 'wide_area' or exists (
    from places p where p.country = n.country and p.region is not distinct from n.region and p.city is not distinct from n.city))
order by all
