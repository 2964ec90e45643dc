-- Staged: incoming_names, the names beside those of the gazetteer and of countries, not folded yet.
delete from place_names;
insert into place_names by name -- sorted, for a name is looked up in a few blocks then
with known as (
    select folded(name) as name, bool_or(is_usual) as is_usual, kind, country, region, city, area
    from (
        select name, is_usual, kind, country, region, city, area from incoming_names
        union all by name
        select name, true as is_usual, 'country' as kind, country from countries
        union all by name
        select country as name, false as is_usual, 'country' as kind, country from countries
        union all by name
        select region as name, true as is_usual, 'region' as kind, country, region from gazetteer where region is not null
        union all by name
        select city as name, true as is_usual, 'city' as kind, country, region, city from gazetteer
    )
    where folded(name) <> ''
    group by all
),
stands as ( -- of each country, region and city; of a city without its region, all that are called so
    select country, region, city, sum(population) as population, arg_max(latitude, population) as latitude,
        arg_max(longitude, population) as longitude
    from gazetteer
    group by grouping sets ((country), (country, region), (country, city), (country, region, city))
    having grouping(region) = 1 or region is not null
)
select k.*, s.latitude, s.longitude, case when kind <> 'wide_area' then coalesce(s.population, 0) end as population
from known k left join stands s on s.country = k.country and s.region is not distinct from k.region and s.city is not distinct from k.city
where kind <> 'region' or is_usual or regexp_matches(name, '^[a-z]{2,3}$')  -- a code
    -- Georgien is the country: no region takes another language's name away from a city or country
    or name not in (select name from known where kind <> 'region' and not is_usual)
order by name;
