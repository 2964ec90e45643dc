-- The countries with the most open postings of the six tracks, by track.
with totals as (
    select country, sum(postings)::bigint as total
    from demand_by_region
    where area_kind = 'country' and seniority = 'all'
    group by country having total >= $least
    order by total desc, country limit $most
)
select c.name, d.track, d.postings, t.total
from demand_by_region d join totals t using (country) join countries c using (country)
where d.area_kind = 'country' and d.seniority = 'all'
order by t.total desc, c.name, d.track
