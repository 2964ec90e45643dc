-- A scope, what it lies in, what that lies in, and so up to the world.
with recursive chain as (
    select 0 as rung, scope_of(
        $scope['kind']::varchar, company := $scope['company']::varchar, countries := $scope['countries']::varchar[],
        country := $scope['country']::varchar,
        region := $scope['region']::varchar, city := $scope['city']::varchar, latitude := $scope['latitude']::double,
        longitude := $scope['longitude']::double, within_km := $scope['within_km']::double,
        level := $scope['level']::varchar, is_remote := $scope['is_remote']::boolean, since := $scope['since']::date,
        until := $scope['until']::date) as scope
    union all
    select rung, scope from (select rung + 1 as rung, parent_of(scope) as scope from chain) where scope is not null
)
select scope from chain order by rung
