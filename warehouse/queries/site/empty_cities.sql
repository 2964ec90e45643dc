-- The large cities without an opening of the six tracks, the largest first.
select city, region, country
from gazetteer g
where population >= 100000 and (country, city) not in (
    select (country, city) from job_places join open_tracks using (posting_id) where city is not null)
group by all order by max(population) desc, country, region, city
