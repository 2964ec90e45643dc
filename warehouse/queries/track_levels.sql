-- A track by level: postings, and what they pay.
select d.seniority, d.postings, d.companies, d.share, d.share_low, d.share_high, p.with_pay, p.share_with_pay, p.pay_q1_usd,
    p.pay_mid_usd, p.pay_q3_usd, p.pay_mid_low_usd, p.pay_mid_high_usd, d.is_withheld
from demand_by_region d join pay_by_region p using (area_kind, track, seniority)
where d.area_kind = 'world' and d.track = $track
order by list_position(['all', 'early', 'senior', 'lead', 'unknown'], d.seniority)
