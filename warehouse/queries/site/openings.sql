-- The open postings of the six tracks, the newest first, as pages list them and the page of openings filters them: with
-- places, skills, and the ranges of pay of those that say more than their own low and high (macro pay_in).
with skilled as (
    select posting_id, list(skill order by skill) as skills from posting_skills group by posting_id
)
select posting_id, title, url, company, track, seniority, coalesce(is_remote, false) as is_remote, pay_low_usd, pay_high_usd,
    published_on, list_distinct(list_filter(named, lambda place: place.country is not null)) as places, skills,
    is_of_several, ranges, days_open, is_posted_again
from openings left join skilled using (posting_id)
order by opening_no
