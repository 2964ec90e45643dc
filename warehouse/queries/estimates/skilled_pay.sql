-- Every open job of the six tracks that states pay and whose skills were read: what the worth of a skill is learnt from. Of
-- its places the first with a country counts, of its pay the whole range.
select log_of({'low': pay_low_usd, 'high': pay_high_usd}) / 1e6 as log_pay, t.track, coalesce(seniority, 'unknown') as level, t.company,
    coalesce(placed.country, '') as country, coalesce(skills, []) as skills
from open_tracks t
join skill_readings using (posting_id)
left join (
    select posting_id, arg_min(country, place_no) as country from posting_places where country is not null group by posting_id
) placed using (posting_id)
left join (select posting_id, list(skill order by skill) as skills from posting_skills group by posting_id) using (posting_id)
where pay_low_usd is not null
order by posting_id
