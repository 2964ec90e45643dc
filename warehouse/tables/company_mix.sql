select company, track, postings, of_postings, share, share_low, share_high, with_pay, pay_mid_usd, pay_mid_low_usd,
    pay_mid_high_usd, parent_weight
from estimates
where kind = 'company'
order by track, postings desc, company
