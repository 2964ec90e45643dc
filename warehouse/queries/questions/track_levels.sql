-- A track by level in a scope: postings, its share of the six at that level, and what they pay. A level with too few
-- postings or companies is withheld.
with counted as (
    select unnest([t.seniority, 'all']) as base, t.track, t.company, drawn_unit($scope['kind'], posting_id, t.company) as unit
    from open_tracks t join postings_in($scope) using (posting_id)
),
shares as (
    from shares_of('counted') where track = $track
),
shown as (
    from shares where is_shown($scope['kind'], postings, companies)
),
stated as (
    select unnest([t.seniority, 'all']) as base, s.unit, s.company, s.pay_mid
    from pay_stated_in($scope) s join open_tracks t using (posting_id) where t.track = $track
),
stating as (
    select base, count(pay_mid) as with_pay from stated group by base
),
paid as (
    from pay_of('stated') where is_shown($scope['kind'], with_pay, pay_companies)
)
select base as seniority, w.postings, w.companies, w.share, w.share_low, w.share_high,
    case when w.postings is not null then t.with_pay end as with_pay, t.with_pay / w.postings as share_with_pay,
    pay_q1 as pay_q1_usd, pay_mid as pay_mid_usd, pay_q3 as pay_q3_usd, pay_mid_low as pay_mid_low_usd,
    pay_mid_high as pay_mid_high_usd, w.postings is null as is_withheld
from shares s left join shown w using (base) left join stating t using (base) left join paid p using (base)
order by list_position(['all', 'early', 'senior', 'lead', 'unknown'], base)
