-- Where the open postings of the six tracks are, to draw: the cities they name; where they name none, the region or the
-- country, in the middle of its people. For each track and for all.
with placed as (
    select distinct country, region, city, unnest([track, 'all']) as track, posting_id, company, latitude, longitude
    from job_places join open_tracks using (posting_id)
),
middles as (
    select country, region, sum(latitude * population) / nullif(sum(population), 0) as latitude,
        sum(longitude * population) / nullif(sum(population), 0) as longitude
    from gazetteer group by grouping sets ((country), (country, region)) having grouping(region) = 1 or region is not null
)
select p.city, p.region, p.country, any_value(name) as country_name, p.track,
    coalesce(avg(p.latitude), any_value(m.latitude)) as latitude, coalesce(avg(p.longitude), any_value(m.longitude)) as longitude,
    count(distinct posting_id) as postings, count(distinct company) as companies
from placed p join countries using (country)
left join middles m on m.country = p.country and m.region is not distinct from p.region
group by p.country, p.region, p.city, p.track
having coalesce(avg(p.latitude), any_value(m.latitude)) is not null
order by postings desc, p.country, p.region, p.city
