-- How many openings of $track name each of $skills, in the area $scope and everywhere, and what is paid with it.
with chosen as materialized (
    select posting_id, posting_id in (from postings_in($scope)) as is_here from open_tracks where track = $track
),
counted as (
    select skill, count(*) filter (is_here) as postings, count(*) as everywhere
    from chosen join posting_skills using (posting_id) group by skill
)
select skill, coalesce(counted.postings, 0) as postings, (select count(*) filter (is_here) from chosen) as of_postings,
    coalesce(everywhere, 0) as everywhere, (select count(*) from chosen) as of_everywhere,
    premium, premium_low, premium_high
from (select unnest($skills) as skill) left join counted using (skill) left join skill_pay using (skill)
