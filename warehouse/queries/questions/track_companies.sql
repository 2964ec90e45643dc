-- The companies with the most open postings of a track in a scope, and its share of what they hire for of the six there.
with counted as (
    select t.company as base, t.track, posting_id as unit, t.company
    from open_tracks t join postings_in($scope) using (posting_id)
)
select base as company, postings, share, share_low, share_high
from shares_of('counted')
where track = $track and is_shown('company', postings, companies)
order by postings desc, company
