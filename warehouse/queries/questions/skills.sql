-- The skills that the open postings of an area name, for each of its tracks or one, most asked first; the interval allows
-- for postings of a company being alike.
with inside as (
    select posting_id, t.track, t.company
    from open_tracks t join postings_in($scope) using (posting_id)
    where t.track = $track or $track is null
),
sizes as (
    select track, company, count(*) as n
    from inside
    group by track, company
),
cells as (
    select track, sum(n)::bigint as of_postings, count(*) as of_companies, sum(n * n) as nn
    from sizes
    group by track
),
named as (
    select track, company, skill, count(*) as k from inside join posting_skills using (posting_id) group by all
),
counted as (
    select track, skill, sum(k)::bigint as postings, count(*) as companies,
        sum(k * k) as kk, sum(k * n) as kn
    from named join sizes using (track, company)
    group by all
),
weighed as (
    select *, postings / of_postings as share_with_skill, effective_size(postings, of_postings, of_companies, kk, kn, nn) as size
    from counted join cells using (track)
)
select track, skill, field, postings, companies, of_postings, of_companies, share_with_skill,
    share_low(share_with_skill * size, size) as share_with_skill_low,
    share_high(share_with_skill * size, size) as share_with_skill_high
from weighed join skills using (skill)
order by of_postings desc, track, postings desc, skill
