with counted as (
    select area_kind, country, region, track, coalesce(seniority, 'all') as seniority,
        count(*) as postings, count(distinct company) as companies
    from posting_areas join open_tracks using (posting_id)
    group by grouping sets (
        (area_kind, country, region, track, seniority), (area_kind, country, region, track)
    )
)
select *, postings / sum(postings) over (partition by area_kind, country, region, seniority) as share
from counted
order by area_kind, country, region, track, seniority
