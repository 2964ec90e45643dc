-- How many companies of each track, and of all six, name a skill in the last six months of threads and in the six before: the
-- skills that 10 companies name. A company counts once in each half-year, for it says the same every month. A dump may know
-- one half alone, and is left out.
with threads as (
    select unnest([l.track, 'all']) as track, posting_id, p.company, date_trunc('month', p.posted_on)::date as month_on
    from postings p join labels l using (posting_id) join sources s using (source)
    where s.is_dated and s.source <> 'dump' and l.is_sure and l.track <> 'none' and p.posted_on is not null
),
halves as (
    select *, month_on > last_on - interval 6 month as is_last
    from threads join (select track, max(month_on) as last_on from threads group by track) using (track)
    where month_on > last_on - interval 12 month
),
sizes as (
    select track, min(month_on) as before_on, min(month_on) filter (is_last) as since_on, max(month_on) as until_on,
        count(distinct company) filter (not is_last) as of_before,
        count(distinct company) filter (is_last) as of_companies
    from halves group by track having least(of_companies, of_before) >= least_for_skills()
),
counted as (
    select track, skill, count(distinct company) filter (not is_last) as before,
        count(distinct company) filter (is_last) as companies
    from halves join posting_skills using (posting_id)
    group by track, skill having companies + before >= 10
)
select track, before_on, since_on, until_on, skill, field, companies, of_companies, before, of_before,
    companies / of_companies as share_with_skill, before / of_before as share_with_skill_before,
    share_with_skill - share_with_skill_before as change
from counted join sizes using (track) join skills using (skill)
order by track, change desc, skill
