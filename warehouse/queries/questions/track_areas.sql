-- Where a track is hired for in a scope: every country and region with an opening of it, those with the most first; its
-- estimated share there, of all openings of the six in that area.
with placed as (
    select a.area_kind as kind, a.country, a.region, count(*) as postings, count(distinct t.company) as companies
    from posting_areas a join open_tracks t using (posting_id) join postings_in($scope) using (posting_id)
    where a.area_kind in ('country', 'region', 'remote') and t.track = $track
    group by all
)
select p.kind as area_kind, p.country, c.name as country_name, p.region, p.postings, p.companies, e.share, e.share_low, e.share_high,
    e.pay_mid_usd, e.pay_mid_low_usd, e.pay_mid_high_usd
from placed p join estimates e on e.kind = p.kind and e.country is not distinct from p.country
    and e.region is not distinct from p.region and e.level = 'all' and e.track = $track
left join countries c on c.country = p.country
order by p.postings desc, p.country, p.region
