-- Each track's levels everywhere: what is counted, and what is estimated.
select track, level, postings, companies, with_pay, of_postings, share, share_low, share_high, pay_mid_usd, pay_mid_low_usd,
    pay_mid_high_usd
from estimates
where kind = 'world'
order by track, list_position(['all'] || levels_in_order(), level)
