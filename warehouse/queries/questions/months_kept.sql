-- The share of each track in each month's threads, where it is kept: everywhere, narrowed by nothing.
from demand_by_month
where $scope['kind'] = 'world' and not is_narrowed($scope) and track in (select unnest($tracks))
order by month_on, track
