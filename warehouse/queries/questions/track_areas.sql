-- Where a track is hired for in a scope: every country and region with an opening of it, those with the most first; its
-- estimated share there, of all openings of the six in that area. No more than $most (null: all).
with inside as (
    select opening_no from openings_in($scope, $track) where not ($scope['kind'] = 'world' and not is_narrowed($scope))
),
placed as ( -- of everywhere it is kept
    select kind, country, region, postings, companies from estimates
    where $scope['kind'] = 'world' and not is_narrowed($scope)
        and kind in ('country', 'region', 'remote') and level = 'all' and track = $track and postings > 0
    union all
    select case when grouping(region) = 1 then 'country' else 'region' end, country, region, count(distinct opening_no),
        count(distinct company)
    from opening_places join inside using (opening_no)
    group by grouping sets ((country), (country, region))
    having country is not null and (grouping(region) = 1 or region is not null)
    union all
    select 'remote', null, null, count(*), count(distinct company)
    from openings join inside using (opening_no) where is_remote having count(*) > 0
)
select p.kind as area_kind, p.country, c.name as country_name, p.region, p.postings, p.companies, e.share, e.share_low, e.share_high,
    e.pay_mid_usd, e.pay_mid_low_usd, e.pay_mid_high_usd
from placed p join estimates e on e.kind = p.kind and e.country is not distinct from p.country
    and e.region is not distinct from p.region and e.level = 'all' and e.track = $track
left join countries c on c.country = p.country
order by p.postings desc, p.country, p.region
limit $most
