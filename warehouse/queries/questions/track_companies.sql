-- The companies that have openings of a track in a scope, those with the most first, no more than $most (null: all); its estimated
-- share of what they hire for of the six anywhere.
with counted as (
    select company, count(*) as postings
    from openings join openings_in($scope, $track) using (opening_no)
    where not ($scope['kind'] = 'world' and not is_narrowed($scope))
    group by company
)
select company, c.postings, share, share_low, share_high
from counted c join company_mix m using (company) where m.track = $track
union all -- of everywhere it is kept
select company, postings, share, share_low, share_high from company_mix
where $scope['kind'] = 'world' and not is_narrowed($scope) and track = $track and postings > 0
order by postings desc, company
limit $most
