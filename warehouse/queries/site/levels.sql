-- The tracks at each level: everywhere, and in every place that has an opening there. What is counted, and what is estimated.
select kind, country, region, city, company as name, track, level, postings, companies, with_pay, of_postings, share, share_low,
    share_high, pay_mid_usd, pay_mid_low_usd, pay_mid_high_usd
from estimates
where kind = 'world' or (postings > 0 and level <> 'all')
order by kind, country, region, city, track, list_position(['all'] || levels_in_order(), level)
