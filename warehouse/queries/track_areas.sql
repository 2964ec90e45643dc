-- Where a track is hired for: the areas of a kind that show enough of it, those with the most postings first; its share there
-- and how many times its share everywhere that is.
select a.area_kind, a.country, c.name as country_name, a.region, a.postings, a.companies, a.share, a.share_low, a.share_high,
    q.quotient, q.quotient_low, q.quotient_high, p.pay_mid_usd, p.pay_mid_low_usd, p.pay_mid_high_usd
from demand_by_region a
left join pay_by_region p on p.area_kind = a.area_kind and p.country is not distinct from a.country
    and p.region is not distinct from a.region and p.track = a.track and p.seniority = a.seniority
left join location_quotient q on q.country = a.country and q.region is not distinct from a.region and q.track = a.track
left join countries c on c.country = a.country
where a.track = $track and a.seniority = 'all' and a.area_kind in ('country', 'region', 'remote') and not a.is_withheld
order by a.postings desc, a.country, a.region
