select kind as area_kind, country, region, city, track, level as seniority, postings, companies, of_postings, share, share_low,
    share_high, parent_weight
from estimates
where kind <> 'company'
order by area_kind, country, region, city, track, seniority
