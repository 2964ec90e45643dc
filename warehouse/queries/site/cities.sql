-- The places a reader of the site may look for: cities with open postings, and large ones without.
select city, any_value(g.region) as region, country, any_value(c.name) as country_name, sum(postings)::bigint as postings
from (
    select city, region, country, count(distinct posting_id) as postings
    from job_places join open_tracks using (posting_id) where city is not null group by all
    union all
    select city, region, country, 0 from gazetteer where population >= 100000
) g join countries c using (country)
group by city, country, g.region
order by postings desc, city, country, region
