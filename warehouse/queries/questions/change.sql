-- The stock of each track now and four weeks ago in a scope, and the change between, told only where it exceeds its error.
with stock as (
    select track as base, drawn_unit($scope['kind'], posting_id, company) as unit, company, was_open, is_open
    from stock_of_tracks() join in_scope('jobs', 'job_places', $scope) using (posting_id)
),
shown as (
    from changes_of('stock')
    where is_shown($scope['kind'], greatest(postings, postings_before), companies)
)
select track, then_on, now_on, postings_before, postings, case when is_change then change end as change,
    case when is_change then change_low end as change_low, case when is_change then change_high end as change_high,
    base is null as is_withheld
from (select unnest($tracks) as track) cross join change_days() left join shown on base = track
order by postings desc nulls last, track
