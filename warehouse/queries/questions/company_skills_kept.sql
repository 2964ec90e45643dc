-- The same where it is kept: narrowed by nothing.
from company_skills
where company = $scope['company'] and not is_narrowed($scope) and (track = $track or $track is null)
order by of_postings desc, track, postings desc, skill
