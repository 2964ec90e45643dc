-- The skills that the open postings of an area name, for each of its tracks or one, most asked first.
with inside as (
    select t.track as base, posting_id, t.company as unit, t.company
    from open_tracks t join postings_in($scope) using (posting_id)
    where t.track = $track or $track is null
)
select base as track, * exclude (base)
from skills_named_in('inside')
order by of_postings desc, track, postings desc, skill
