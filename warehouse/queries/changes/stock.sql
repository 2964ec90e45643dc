-- How many openings of each track each unit of a scope (a company; of a company, an opening) had on the day before $since, and has now.
select drawn_unit($scope['kind'], posting_id, company) as unit, track, count(*) filter (was_open) as before,
    count(*) filter (is_open) as now
from stock_on($since - 1, (select max(fetched_at)::date from fetches))
join in_scope('jobs', 'job_places', $scope) using (posting_id)
group by unit, track order by unit, track
