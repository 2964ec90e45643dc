-- What is seen of how long the postings of each track stay open, of a scope.
from open_time_in($scope)
where track in (select unnest($tracks))
order by track
