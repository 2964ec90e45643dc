-- The same where it is kept: narrowed by nothing.
select c.*, premium, premium_low, premium_high
from company_skills c left join skill_pay using (skill)
where company = $scope['company'] and not is_narrowed($scope) and (track = $track or $track is null)
order by of_postings desc, track, c.postings desc, skill
