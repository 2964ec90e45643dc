-- Where a track is hired for in a scope: the areas that show enough of it, those with the most postings first; its share
-- there, and how many times its share in all areas of that kind that is.
with placed as (
    select a.area_kind as kind, {'country': a.country, 'region': a.region} as area, t.track, t.company, posting_id
    from posting_areas a join open_tracks t using (posting_id) join postings_in($scope) using (posting_id)
    where a.area_kind in ('country', 'region', 'remote')
),
counted as (
    select {'kind': kind, 'area': area} as base, track, company as unit, company from placed
),
shown as (
    from shares_of('counted') where track = $track and is_shown('area', postings, companies)
),
clustered as (
    select {'kind': kind, 'area': area} as base, quotient, quotient_low, quotient_high
    from quotients_of('placed') where track = $track and kind <> 'remote'
)
select base.kind as area_kind, base.area.country as country, name as country_name, base.area.region as region, postings,
    companies, share, share_low, share_high, quotient, quotient_low, quotient_high
from shown left join clustered using (base) left join countries c on c.country = base.area.country
order by postings desc, country, region
