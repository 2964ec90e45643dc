-- The stock of each track now and four weeks ago in a scope, and the change between, with its 95 % interval: a count, and what
-- it says of such companies. is_change where that interval does not touch 0.
with stock as (
    select track as base, drawn_unit($scope['kind'], posting_id, company) as unit, company, was_open, is_open
    from stock_of_tracks() join in_scope('jobs', 'job_places', $scope) using (posting_id)
)
select track, then_on, now_on, coalesce(postings_before, 0) as postings_before, coalesce(postings, 0) as postings,
    coalesce(change, 0) as change, coalesce(change_low, 0) as change_low, coalesce(change_high, 0) as change_high,
    coalesce(is_change, false) as is_change
from (select unnest($tracks) as track) cross join change_days() left join changes_of('stock') on base = track
order by postings desc, track
