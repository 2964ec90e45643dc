-- The postings of each track in each month's threads, of a scope.
from months_in($scope)
where track in (select unnest($tracks))
order by month_on, track
