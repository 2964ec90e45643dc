-- Postings and pay by track and level, everywhere.
select d.track, d.seniority, d.postings, d.companies, p.with_pay, p.pay_low_usd, p.pay_mid_usd, p.pay_high_usd
from demand_by_region d join pay_by_region p using (area_kind, track, seniority)
where d.area_kind = 'world' and d.seniority <> 'all'
order by d.track, list_position(['early', 'senior', 'lead', 'unknown'], d.seniority)
