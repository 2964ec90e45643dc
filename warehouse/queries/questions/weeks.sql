-- Stock and flow of each track, week by week, of a scope: the weeks that have a day from $since to $until.
from weeks_in($scope)
where track in (select unnest($tracks)) and ($since is null or week_on + 6 >= $since) and ($until is null or week_on <= $until)
order by week_on, track
