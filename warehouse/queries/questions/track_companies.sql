-- The companies that have openings of a track in a scope, those with the most first; its estimated share of what they hire
-- for of the six anywhere.
with counted as (
    select company, count(*) as postings
    from openings join openings_in($scope, $track) using (opening_no)
    where not ($scope['kind'] = 'world' and not is_narrowed($scope))
    group by company
    union all -- of everywhere it is kept
    select company, postings from estimates
    where $scope['kind'] = 'world' and not is_narrowed($scope) and kind = 'company' and level = 'all' and track = $track and postings > 0
)
select company, c.postings, e.share, e.share_low, e.share_high
from counted c join (from estimates where kind = 'company' and level = 'all' and track = $track) e using (company)
order by c.postings desc, company
