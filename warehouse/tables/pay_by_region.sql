-- Fewer than five postings with pay are no median.
with stated as (
    select a.area_kind, a.country, a.region, t.track, t.seniority, pay_in(
        posting_id, t.pay_low_usd, t.pay_high_usd, a.area_kind, a.country, a.region, null, null, null, null
    ) as pay
    from posting_areas a join open_tracks t using (posting_id)
),
inside as (
    select * exclude (pay), pay.low as pay_low_usd, pay.high as pay_high_usd from stated
),
counted as (
    select area_kind, country, region, track, coalesce(seniority, 'all') as seniority,
        count(*) as postings, count(pay_low_usd) as with_pay,
        median(pay_low_usd) as low, median((pay_low_usd + pay_high_usd) / 2) as mid, median(pay_high_usd) as high
    from inside
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
