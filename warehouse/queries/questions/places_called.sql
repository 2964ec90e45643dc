-- Everything a place's name may mean, the likeliest first: where postings are, then the larger.
with asked as (
    select lower(strip_accents($name)) as name, lower(strip_accents($inside)) as inside
),
spoken as (  -- short names people use
    from (values ('uk', 'united kingdom'), ('great britain', 'united kingdom'), ('usa', 'united states'),
        ('us', 'united states'), ('nyc', 'new york'), ('sf', 'san francisco')) as t (short, name)
),
wanted as (
    select coalesce(s.name, a.name) as name, coalesce(i.name, a.inside) as inside
    from asked a left join spoken s on s.short = a.name left join spoken i on i.short = a.inside
),
cities as (
    select g.*, c.name as country_name, lower(strip_accents(g.city)) as city_key,
        lower(strip_accents(g.region)) as region_key, lower(strip_accents(c.name)) as country_key
    from gazetteer g join countries c using (country)
),
named as (
    select 'country' as kind, country, null as region, null as city, null as latitude, null as longitude,
        any_value(country_name) as called, sum(population) as population
    from cities, wanted where wanted.name in (country_key, lower(country)) and wanted.inside is null
    group by country
    union all
    select 'region', country, region, null, null, null, region || ', ' || any_value(country_name), sum(population)
    from cities, wanted
    where region_key = wanted.name and (wanted.inside is null or wanted.inside in (country_key, lower(country)))
    group by country, region
    union all
    select 'city', country, region, city, latitude, longitude,
        concat_ws(', ', city, case when region <> city then region end, country_name), population
    from cities, wanted
    where city_key = wanted.name
        and (wanted.inside is null or wanted.inside in (country_key, region_key, lower(country)))
),
held as (
    select country, region, city, count(distinct posting_id) as postings
    from job_places join jobs p using (posting_id)
    where p.closed_on is null
    group by grouping sets ((country), (country, region), (country, region, city))
)
select n.*, coalesce(h.postings, 0) as postings
from named n left join held h
    on h.country = n.country and h.region is not distinct from n.region and h.city is not distinct from n.city
qualify row_number() over (partition by n.called, n.kind order by h.postings desc nulls last, n.population desc) = 1
order by postings > 0 desc, kind = 'city' and population > 500000 desc, postings desc, population desc
