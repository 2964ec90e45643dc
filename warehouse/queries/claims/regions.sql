-- Which companies have openings of a track in which first-level regions? An opening in several counts a part in each.
select track, company, country, region, count(*) as postings, sum(part) as parts
from (
    select track, company, country, region, 1 / count(*) over (partition by posting_id) as part
    from open_tracks join (
        select distinct posting_id, country, region from job_places where region is not null
    ) using (posting_id)
)
group by track, company, country, region order by track, company, country, region
