with placed as (
    select {'area_kind': a.area_kind, 'country': a.country, 'region': a.region, 'track': t.track,
            'seniority': unnest([t.seniority, 'all'])} as base, t.company as unit, t.company, pay_in(
        posting_id, t.pay_low_usd, t.pay_high_usd, scope_of(a.area_kind, country := a.country, region := a.region)
    ) as pay
    from posting_areas a join open_tracks t using (posting_id)
),
stated as (
    select base, unit, company, (pay.low + pay.high) / 2 as pay_mid from placed
),
shown as (
    select base, count(*) as postings, count(pay_mid) as with_pay from stated group by base
    having is_shown('area', count(*), count(distinct company))
),
paid as (
    from pay_of('stated') where is_shown('area', with_pay, pay_companies)
)
select base.area_kind as area_kind, base.country as country, base.region as region, base.track as track,
    base.seniority as seniority, w.postings, w.with_pay, w.with_pay / w.postings as share_with_pay,
    pay_q1 as pay_q1_usd, pay_mid as pay_mid_usd, pay_q3 as pay_q3_usd, pay_mid_low as pay_mid_low_usd,
    pay_mid_high as pay_mid_high_usd, pay_mid is null as is_withheld
from (select distinct base from placed) left join shown w using (base) left join (select * exclude (with_pay) from paid) using (base)
order by area_kind, country, region, track, seniority
