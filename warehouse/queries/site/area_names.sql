-- The other usual names of the areas where the six tracks have open postings, and of wide areas: Deutschland, NYC, EU.
with held as (
    select country, region, city from job_places join open_tracks using (posting_id)
    group by grouping sets ((country), (country, region), (country, region, city))
)
select distinct n.country, n.region, n.city, area, n.name
from place_names n left join countries c on c.country = n.country
where is_usual and n.name <> folded(coalesce(area, n.city, n.region, c.name)) and (kind = 'wide_area' or exists (
    from held h where h.country = n.country and h.region is not distinct from n.region and h.city is not distinct from n.city))
order by all
