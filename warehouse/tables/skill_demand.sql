with inside as (
    select a.area_kind, a.country, t.track, t.company, posting_id
    from posting_areas a join open_tracks t using (posting_id)
    where a.area_kind in ('world', 'country')
),
sizes as (
    select area_kind, country, track, company, count(*) as n
    from inside
    group by area_kind, country, track, company
),
cells as (
    select area_kind, country, track, sum(n)::bigint as of_postings, count(*) as of_companies,
        sum(n * n) as nn
    from sizes
    group by area_kind, country, track
),
named as (
    select area_kind, country, track, company, skill, count(*) as k
    from inside join posting_skills using (posting_id)
    group by all
),
counted as (
    select k.area_kind, k.country, k.track, k.skill, sum(k)::bigint as postings, count(*) as companies,
        sum(k * k) as kk, sum(k * n) as kn
    from named k join sizes s on k.area_kind = s.area_kind and k.country is not distinct from s.country
        and k.track = s.track and k.company = s.company
    group by all
),
weighed as (
    select c.*, o.of_postings, o.of_companies, c.postings / o.of_postings as share_with_skill,
        effective_size(c.postings, o.of_postings, o.of_companies, kk, kn, nn) as size
    from counted c join cells o on c.area_kind = o.area_kind and c.country is not distinct from o.country
        and c.track = o.track
)
select area_kind, country, track, skill, field, postings, companies, of_postings, of_companies, share_with_skill,
    share_low(share_with_skill * size, size) as share_with_skill_low,
    share_high(share_with_skill * size, size) as share_with_skill_high
from weighed join skills using (skill)
order by area_kind desc, country, track, postings desc, skill
