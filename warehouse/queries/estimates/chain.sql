-- A scope, what it lies in, what that lies in, and so up to the world: five rungs at most.
with own as (
    select scope_of(
        $scope['kind']::varchar, company := $scope['company']::varchar, countries := $scope['countries']::varchar[],
        country := $scope['country']::varchar, region := $scope['region']::varchar, city := $scope['city']::varchar,
        latitude := $scope['latitude']::double, longitude := $scope['longitude']::double,
        within_km := $scope['within_km']::double, level := $scope['level']::varchar, is_remote := $scope['is_remote']::boolean,
        since := $scope['since']::date, until := $scope['until']::date) as scope
),
first as (
    select parent_of(scope) as scope from own
),
second as (
    select parent_of(scope) as scope from first
),
third as (
    select parent_of(scope) as scope from second
),
fourth as (
    select parent_of(scope) as scope from third
)
select scope
from (
    select 0 as rung, scope from own
    union all
    select 1, scope from first
    union all
    select 2, scope from second
    union all
    select 3, scope from third
    union all
    select 4, scope from fourth
)
where scope is not null
order by rung
