-- The skills that a company's open postings name, beside those of the same track at other companies in $market, which
-- is everywhere, narrowed as the company's are. Distinct are those
-- it names more often by Fisher's exact test, at a false discovery rate of 5 % over the skills of the track (Benjamini
-- and Hochberg 1995, J. R. Stat. Soc. B 57:289), by 3 postings at least. A track is left out with fewer than 5 postings
-- there or fewer than least_for_skills() elsewhere.
with inside as (
    select posting_id, track, company, company = $scope['company'] as is_own
    from open_tracks join postings_in($market) using (posting_id)
    where track = $track or $track is null
),
sizes as (
    select track, is_own, company, count(*) as n
    from inside
    group by track, is_own, company
),
cells as (
    select track, sum(n) filter (is_own)::bigint as of_postings, sum(n) filter (not is_own)::bigint as of_elsewhere,
        count(*) filter (not is_own) as of_companies, sum(n * n) filter (not is_own) as nn
    from sizes
    group by track
    having sum(n) filter (is_own) >= 5 and sum(n) filter (not is_own) >= least_for_skills()
),
named as (
    select track, is_own, company, skill, count(*) as k from inside join posting_skills using (posting_id) group by all
),
counted as (
    select track, skill, coalesce(sum(k) filter (is_own), 0)::bigint as postings,
        coalesce(sum(k) filter (not is_own), 0)::bigint as elsewhere, count(*) filter (not is_own) as companies,
        sum(k * k) filter (not is_own) as kk,
        sum(k * n) filter (not is_own) as kn
    from named join sizes using (track, is_own, company)
    group by track, skill
),
tested as (
    select *, effective_size(elsewhere, of_elsewhere, of_companies, kk, kn, nn) as size,
        elsewhere / of_elsewhere as share_elsewhere,
        chance_of_more(postings, of_postings, postings + elsewhere, of_postings + of_elsewhere) as p_value
    from counted join cells using (track)
),
ranked as (
    select *, p_value <= 0.05 * rank() over (partition by track order by p_value) / count(*) over (partition by track)
        as is_under
    from tested
)
select track, skill, field, postings, of_postings, postings / of_postings as share,
    share_low(postings, of_postings) as share_low, share_high(postings, of_postings) as share_high,
    elsewhere, companies, of_elsewhere, of_companies, share_elsewhere,
    share_low(share_elsewhere * size, size) as share_elsewhere_low,
    share_high(share_elsewhere * size, size) as share_elsewhere_high, p_value,
    coalesce(postings >= 3 and p_value <= max(p_value) filter (is_under) over (partition by track), false) as is_distinct
from ranked join skills using (skill)
where postings > 0
order by of_postings desc, track, is_distinct desc, postings desc, skill
