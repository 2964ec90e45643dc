-- Fewer than five postings with pay are no median.
with counted as (
    select area_kind, country, region, track, coalesce(seniority, 'all') as seniority,
        count(*) as postings, count(pay_low_usd) as with_pay,
        median(pay_low_usd) as low, median((pay_low_usd + pay_high_usd) / 2) as mid, median(pay_high_usd) as high
    from posting_areas join open_tracks using (posting_id)
    group by grouping sets (
        (area_kind, country, region, track, seniority), (area_kind, country, region, track)
    )
)
select area_kind, country, region, track, seniority, postings, with_pay,
    case when with_pay >= 5 then low end as pay_low_usd,
    case when with_pay >= 5 then mid end as pay_mid_usd,
    case when with_pay >= 5 then high end as pay_high_usd
from counted
order by area_kind, country, region, track, seniority
