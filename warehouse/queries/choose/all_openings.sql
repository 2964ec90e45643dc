-- The openings of the six tracks, the newest first, each with the areas that it lies in and those of $skills that it names.
-- Areas are keys of cells, and the names of the metropolitan areas $circles.
with circles as (
    select unnest($circles) as circle
),
lies as (
    select posting_id, cell_key(scope_of('remote')) as area from open_tracks where is_remote
    union
    select posting_id, cell_key(scope_of('country', country := country)) from job_places where country is not null
    union
    select posting_id, cell_key(scope_of('region', country := country, region := region))
    from job_places where region is not null
    union
    select posting_id, cell_key(scope_of('city', country := country, region := region, city := city))
    from job_places where city is not null
    union
    select w.posting_id, circle.metro
    from circles join job_places w on lies_in(circle.scope, w.country, w.region, w.city, w.latitude, w.longitude)
),
placed as (
    select posting_id, list(area order by area) as areas from lies group by posting_id
),
named as (
    select posting_id, string_agg(distinct coalesce(city, region, name), '; ' order by coalesce(city, region, name)) as places
    from job_places left join countries using (country) group by posting_id
),
skilled as (
    select posting_id, list(skill order by skill) as skills
    from posting_skills where list_contains($skills, skill) group by posting_id
)
select t.track, t.company, p.title, p.url, t.is_remote, places, t.pay_low_usd, t.pay_high_usd, areas, skills
from open_tracks t join jobs p using (posting_id) left join placed using (posting_id) left join named using (posting_id)
left join skilled using (posting_id)
order by coalesce(p.posted_on, p.first_seen_on) desc, t.company, p.title, t.posting_id
