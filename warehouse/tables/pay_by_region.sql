select kind as area_kind, country, region, city, track, level as seniority, postings, with_pay,
    case when postings > 0 then with_pay / postings else 0 end as share_with_pay, pay_mid_usd, pay_mid_low_usd, pay_mid_high_usd,
    pay_parent_weight
from estimates
where kind <> 'company'
order by area_kind, country, region, city, track, seniority
