-- The skills that the openings of each track in an area name beyond $skills: how many name each, of how many of those someone who learns it
-- too has a third then, and what it is worth everywhere.
select track, skill, count(*) as postings, count(*) filter (3 * had < named and 3 * (had + 1) >= named) as opens,
    any_value(premium) as premium, any_value(premium_low) as premium_low, any_value(premium_high) as premium_high
from openings_asking($scope, $skills) join posting_skills using (posting_id) left join skill_pay using (skill)
where skill not in $skills
group by track, skill
qualify row_number() over (partition by track order by opens desc, count(*) desc, skill) <= $most
order by track, opens desc, postings desc, skill
