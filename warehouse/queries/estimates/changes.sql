-- The stock of each track and of all six in every area now and four weeks ago, and the change between.
with stock as (
    select {'area_kind': area_kind, 'country': country, 'region': region,
            'track': unnest([track, 'all'])} as base, company as unit, company,
        was_open, is_open
    from stock_of_tracks() join posting_areas using (posting_id)
)
select base.area_kind as area_kind, base.country as country, base.region as region, base.track as track, then_on, now_on,
    postings_before, postings, change, squares
from changes_of('stock'), change_days()
order by area_kind, country, region, track
