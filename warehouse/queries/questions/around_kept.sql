-- What a scope that is kept, narrowed by nothing, lies in: itself first, and the openings of the six in each.
with own as (
    from basis where cell = cell_key($scope) and $scope['within_km'] is null and not is_narrowed($scope)
),
first as (
    select b.* from own join basis b on b.cell = own.parent
),
second as (
    select b.* from first join basis b on b.cell = first.parent
),
rungs as (
    select 0 as rung, * from own
    union all
    select 1, * from first
    union all
    select 2, * from second
    union all
    select 3, b.* from second join basis b on b.cell = second.parent
)
select coalesce(r.city, r.region, c.name, r.country, r.company, 'everywhere') as name, r.in_tracks as openings
from rungs r left join countries c on c.country = r.country
qualify (name, openings) is distinct from lag((name, openings)) over (order by rung)  -- a region that is but its city
order by rung
