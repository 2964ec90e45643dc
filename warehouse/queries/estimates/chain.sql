-- A scope, what it lies in, what that lies in, and so up to the world: five rungs at most.
with recursive own as (
    select scope_of(
        $scope['kind']::varchar, company := $scope['company']::varchar, countries := $scope['countries']::varchar[],
        country := $scope['country']::varchar, region := $scope['region']::varchar, city := $scope['city']::varchar,
        latitude := $scope['latitude']::double, longitude := $scope['longitude']::double,
        within_km := $scope['within_km']::double, level := $scope['level']::varchar, is_remote := $scope['is_remote']::boolean,
        since := $scope['since']::date, until := $scope['until']::date) as scope
),
home as (
    select any_value(hires_in) as hires_in from basis where kind = 'company' and company = $scope['company']
),
chain(rung, scope) as (
    select 0, scope from own
    union all
    select rung + 1, parent
    from (select rung, lies_within(scope, hires_in) as parent from chain cross join home)
    where parent is not null and rung < 4
)
select scope from chain order by rung
