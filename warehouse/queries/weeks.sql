-- Stock and flow of each track, week by week, of a scope.
from weeks_in($scope)
where track in (select unnest($tracks))
order by week_on, track
