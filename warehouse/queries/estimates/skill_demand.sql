-- The skills that open postings of each track name, in the world and in each country.
with inside as (
    select {'area_kind': a.area_kind, 'country': a.country, 'track': t.track} as base, posting_id, t.company as unit, t.company
    from posting_areas a join open_tracks t using (posting_id)
    where a.area_kind in ('world', 'country')
)
select base.area_kind as area_kind, base.country as country, base.track as track, * exclude (base)
from skills_named_in('inside')
order by area_kind desc, country, track, postings desc, skill
