-- Everything a place's name may mean, the likeliest first: its usual names, then where postings are, then the larger. Each
-- of $inside is a country or region that the place lies in.
with hits as (
    select kind, country, region, city, area, bool_or(is_usual) as is_usual
    from place_names where name = folded($name)
    group by all
    union all by name
    -- a town that postings name and the gazetteer does not know
    select kind, w.country, w.region, w.city, true as is_usual
    from basis w
    where kind = 'city' and folded(w.city) = folded($name)
        and not exists (from gazetteer g where g.country = w.country and g.city = w.city and (w.region is null or g.region = w.region))
),
around as (
    select distinct part, n.kind, n.country, n.region
    from (select unnest($inside::varchar[]) as part) join place_names n on n.name = folded(part)
    where n.kind in ('country', 'region')
),
fit as (
    select h.*
    from hits h left join around a on a.country = h.country and h.kind in ('region', 'city')
        and (a.kind = 'country' or (h.kind = 'city' and a.region = h.region))
    group by all
    having count(distinct a.part) = len($inside)
),
named as (
    select f.*, any_value(c.name) as country_name, coalesce(sum(g.population), 0)::bigint as population,
        arg_max(g.latitude, g.population) as latitude, arg_max(g.longitude, g.population) as longitude
    from fit f left join gazetteer g on g.country = f.country and (f.region is null or g.region = f.region)
        and (f.city is null or g.city = f.city)
    join countries c on c.country = f.country
    group by all
),
meant as (
    select n.kind, n.country, n.region, n.city, is_usual, latitude, longitude, population,
        concat_ws(', ', n.city, case when n.region is distinct from n.city then n.region end, country_name) as called,
        coalesce(h.postings, 0) as postings
    from named n left join basis h
        on h.kind = n.kind and h.country = n.country and h.region is not distinct from n.region and h.city is not distinct from n.city
    union all by name
    select kind, is_usual, area as called, countries_of(area) as countries, 0 as postings, 0 as population
    from fit where kind = 'wide_area'
)
from meant
order by is_usual desc, kind = 'wide_area' desc, postings > 0 desc, kind = 'city' and population > 500000 desc,
    postings desc, population desc
