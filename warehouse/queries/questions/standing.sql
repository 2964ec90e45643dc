-- Of the openings of a scope, of a track or all ($track): those on boards, of them open over $days days, and posted again.
select count(days_open) as openings, count(*) filter (days_open > $days) as open_long,
    count(*) filter (is_posted_again) as posted_again
from openings_in($scope, $track)
