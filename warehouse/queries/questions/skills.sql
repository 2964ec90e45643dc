-- The skills that the open postings of an area name, for each of its tracks or one, most asked first, and what each is worth everywhere.
with inside as (
    select t.track as base, posting_id, t.company as unit, t.company
    from open_tracks t join postings_in($scope) using (posting_id)
    where t.track = $track or $track is null
)
select base as track, named.* exclude (base), premium, premium_low, premium_high
from skills_named_in('inside') named left join skill_pay using (skill)
order by of_postings desc, track, named.postings desc, skill
