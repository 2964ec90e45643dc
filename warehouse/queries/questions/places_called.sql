-- Everything a place's name may mean, the likeliest first: its usual names, then where postings are, then the larger. Each
-- of $inside is a country or region that the place lies in. Names are folded already: to fold takes longer than all the rest.
with hits as (
    select kind, country, region, city, area, is_usual, latitude, longitude, population from place_names where name = $name::varchar
    union all by name
    -- a town that postings name and the gazetteer does not know
    select kind, country, region, city, true as is_usual, 0 as population from basis where unlisted_as = $name::varchar
),
around as (
    select distinct part, n.kind, n.country, n.region
    from (select unnest($inside::varchar[]) as part) join place_names n on n.name = part
    where n.kind in ('country', 'region')
),
fit as (
    select h.*
    from hits h left join around a on a.country = h.country and h.kind in ('region', 'city')
        and (a.kind = 'country' or (h.kind = 'city' and a.region = h.region))
    group by all
    having count(distinct a.part) = len($inside)
),
meant as (
    select f.kind, f.country, f.region, f.city, is_usual, latitude, longitude, population,
        concat_ws(', ', f.city, case when f.region is distinct from f.city then f.region end, c.name) as called,
        coalesce(h.postings, 0) as postings
    from fit f join countries c on c.country = f.country left join basis h
        on h.kind = f.kind and h.country = f.country and h.region is not distinct from f.region and h.city is not distinct from f.city
    union all by name
    select kind, is_usual, area as called, countries_of(area) as countries, 0 as postings, 0 as population
    from fit where kind = 'wide_area'
)
from meant
order by is_usual desc, kind = 'wide_area' desc, postings > 0 desc, kind = 'city' and population > 500000 desc,
    postings desc, population desc
