-- Where the open postings of the six tracks are, to draw: cities, regions and countries, for each track and for all.
select case when grouping(city) = 0 then 'city' when grouping(region) = 0 then 'region' else 'country' end as kind,
    city, region, country, any_value(name) as country_name, case when grouping(track) = 0 then track else 'all' end as track,
    avg(latitude) as latitude, avg(longitude) as longitude,
    count(distinct posting_id) as postings, count(distinct company) as companies
from job_places join open_tracks using (posting_id) join countries using (country)
group by grouping sets (
    (country, region, city, track), (country, region, track), (country, track),
    (country, region, city), (country, region), (country)
)
having is_shown('area', count(distinct posting_id), count(distinct company))
    and avg(latitude) is not null and (grouping(city) = 1 or city is not null) and (grouping(region) = 1 or region is not null)
order by postings desc, country, region, city
