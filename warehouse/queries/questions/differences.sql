-- How far the share of each track in one scope lies above that in another ($other), with its 95 % interval.
with compared as (
    select t.track,
        drawn_unit(case when 'company' in ($scope['kind'], $other['kind']) then 'company' end, posting_id, t.company) as unit,
        posting_id in (from postings_in($scope)) as is_first, posting_id in (from postings_in($other)) as is_second
    from open_tracks t
)
from differences_of('compared')
