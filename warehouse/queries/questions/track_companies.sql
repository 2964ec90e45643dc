-- The companies that have openings of a track in a scope, those with the most first; its estimated share of what they hire
-- for of the six anywhere.
with counted as (
    select t.company, count(*) as postings
    from open_tracks t join postings_in($scope) using (posting_id)
    where t.track = $track
    group by t.company
)
select company, c.postings, e.share, e.share_low, e.share_high
from counted c join (from estimates where kind = 'company' and level = 'all' and track = $track) e using (company)
order by c.postings desc, company
