with counted as (
    select {'area_kind': area_kind, 'country': country, 'region': region, 'seniority': unnest([seniority, 'all'])} as base,
        track, company as unit, company
    from posting_areas join open_tracks using (posting_id)
),
shares as (
    from shares_of('counted')
),
shown as (
    from shares where is_shown('area', postings, companies)
),
areas as (
    select base, count(*) as of_postings from counted group by base
    having is_shown('area', count(*), count(distinct company))
)
select base.area_kind as area_kind, base.country as country, base.region as region, track, base.seniority as seniority,
    w.postings, w.companies, a.of_postings, w.share, w.share_low, w.share_high, w.postings is null as is_withheld
from shares left join shown w using (base, track) left join areas a using (base)
order by area_kind, country, region, track, seniority
