-- The skills that each company's postings name beside those of the same track at other companies, from the name of a table
-- of postings (posting_id, track, company). Distinct are those it names more often by Fisher's exact test, at a false
-- discovery rate of 5 % over the skills of the track (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57:289), by 3
-- postings at least; none where the company has fewer than five postings of the track, or others fewer than
-- least_for_skills().
create or replace macro skills_beside_others(market) as table
with sizes as (
    select track, company, count(*) as n from query_table(market) group by track, company
),
tracks as (
    select track, sum(n) as all_n, count(*) as all_companies, sum(n * n) as all_nn from sizes group by track
),
cells as (
    select track, company, n, (all_n - n)::bigint as of_elsewhere, all_companies - 1 as of_companies, all_nn - n * n as nn
    from sizes join tracks using (track)
),
named as (
    select track, company, skill, count(*) as k
    from query_table(market) join posting_skills using (posting_id) group by track, company, skill
),
everywhere as (
    select track, skill, sum(k)::bigint as all_k, count(*) as all_companies, sum(k * k) as all_kk, sum(k * n) as all_kn,
        count(*) over (partition by track) as tested
    from named join sizes using (track, company) group by track, skill
),
counted as (
    select track, company, skill, k as postings, n as of_postings, all_k - k as elsewhere, all_companies - 1 as companies,
        of_elsewhere, of_companies, tested,
        case when of_elsewhere > 0 then effective_size(all_k - k, of_elsewhere, of_companies, all_kk - k * k, all_kn - k * n, nn) end as size,
        (all_k - k) / nullif(of_elsewhere, 0) as share_with_skill_elsewhere, chance_of_more(k, n, all_k, n + of_elsewhere) as p_value
    from named join cells using (track, company) join everywhere using (track, skill)
),
ranked as (
    select *, p_value <= 0.05 * rank() over (of_track order by p_value) / tested as is_under
    from counted window of_track as (partition by company, track)
)
select company, track, skill, field, postings, of_postings, postings / of_postings as share_with_skill,
    share_low(postings, of_postings) as share_with_skill_low,
    share_high(postings, of_postings) as share_with_skill_high,
    elsewhere, companies, of_elsewhere, of_companies, share_with_skill_elsewhere,
    share_low(share_with_skill_elsewhere * size, size) as share_with_skill_elsewhere_low,
    share_high(share_with_skill_elsewhere * size, size) as share_with_skill_elsewhere_high, p_value,
    coalesce(postings >= 3 and of_postings >= 5 and of_elsewhere >= least_for_skills() and p_value <= max(p_value) filter (is_under) over (partition by company, track), false)
        as is_distinct
from ranked join skills using (skill);
comment on macro table skills_beside_others is 'The skills that each company names beside others, by track; market names a table (posting_id, track, company)';
