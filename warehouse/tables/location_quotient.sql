with placed as (
    select a.area_kind as kind, {'country': a.country, 'region': a.region} as area, t.track, t.company, posting_id
    from posting_areas a join open_tracks t using (posting_id)
    where a.area_kind in ('country', 'region')
)
select area.country as country, area.region as region, * exclude (kind, area)
from quotients_of('placed')
order by country, region nulls first, track
