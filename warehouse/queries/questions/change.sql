-- The stock of each track now and four weeks ago in a scope, and the change between.
with stock as (
    select track as base, drawn_unit($scope['kind'], posting_id, company) as unit, company, was_open, is_open
    from stock_of_tracks() join in_scope('jobs', 'job_places', $scope) using (posting_id)
)
select track, then_on, now_on, coalesce(postings_before, 0) as postings_before, coalesce(postings, 0) as postings,
    coalesce(change, 0) as change, coalesce(squares, 0) as squares
from (select unnest($tracks) as track) cross join change_days() left join changes_of('stock') on base = track
order by postings desc, track
