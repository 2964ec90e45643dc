-- What is counted of each of the six tracks in a scope, beside the estimates: levels, remote jobs, and what pay is stated.
with counted as (
    select t.track, t.seniority, t.is_remote, pay_in(posting_id, t.pay_low_usd, t.pay_high_usd, $scope) as pay
    from open_tracks t join postings_in($scope) using (posting_id)
)
select track, count(seniority) filter (seniority = 'early') as early, count(seniority) filter (seniority = 'senior') as senior,
    count(seniority) filter (seniority = 'lead') as lead, count(seniority) filter (seniority = 'unknown') as unknown_level,
    count(seniority) filter (is_remote) as remote, min(pay.low) as pay_least_usd, max(pay.high) as pay_most_usd
from (select unnest(tracks_in_order()) as track) left join counted using (track)
group by track
order by list_position(tracks_in_order(), track)
