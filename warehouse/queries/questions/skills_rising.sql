-- How often companies of one track, or of all six, name a skill in the last six months of threads and in the six before:
-- the skills that 10 companies name. is_change says where the change exceeds its error, by Fisher's exact test at a false
-- discovery rate of 5 % (Benjamini and Hochberg 1995), and its interval, in whole points, does not touch 0. A company counts once in each half-year, for it says the same
-- every month. The change has the 95 % interval of Newcombe (1998, Stat. Med. 17:873, method 10).
with threads as (
    select posting_id, p.company, date_trunc('month', p.posted_on)::date as month_on
    from postings p join labels l using (posting_id) join sources s using (source)
    where s.is_dated and l.is_sure and l.track <> 'none' and p.posted_on is not null
        and (l.track = $track or $track is null)
),
halves as (
    select *, month_on > last_on - interval 6 month as is_last
    from threads cross join (select max(month_on) as last_on from threads)
    where month_on > last_on - interval 12 month
),
sizes as (
    select min(month_on) as before_on, min(month_on) filter (is_last) as since_on, max(month_on) as until_on,
        count(distinct company) filter (not is_last) as of_before,
        count(distinct company) filter (is_last) as of_companies
    from halves having least(of_companies, of_before) >= least_for_skills()
),
counted as (
    select skill, count(distinct company) filter (not is_last) as before,
        count(distinct company) filter (is_last) as companies
    from halves join posting_skills using (posting_id)
    group by skill having companies + before >= 10
),
tested as (
    select *, companies / of_companies as share_with_skill, before / of_before as share_with_skill_before,
        least(1, 2 * least(
            chance_of_more(companies, of_companies, companies + before, of_companies + of_before),
            chance_of_more(before, of_before, companies + before, of_companies + of_before))) as p_value
    from counted cross join sizes
),
ranked as (
    select *, p_value <= 0.05 * rank() over (order by p_value) / count(*) over () as is_under from tested
)
select before_on, since_on, until_on, skill, field, companies, of_companies, before, of_before, share_with_skill, share_with_skill_before,
    share_with_skill - share_with_skill_before as change,
    share_with_skill - share_with_skill_before - sqrt(pow(share_with_skill - share_low(companies, of_companies), 2)
        + pow(share_high(before, of_before) - share_with_skill_before, 2)) as change_low,
    share_with_skill - share_with_skill_before + sqrt(pow(share_high(companies, of_companies) - share_with_skill, 2)
        + pow(share_with_skill_before - share_low(before, of_before), 2)) as change_high,
    p_value, coalesce(p_value <= max(p_value) filter (is_under) over (), false)
        and is_apart(100 * change_low, 100 * change_high) as is_change
from ranked join skills using (skill)
order by change desc, skill
