-- What is paid for each track early and senior, in every place that has openings of that level.
select kind, country, region, city, level, track, postings, with_pay, pay_mid_usd, pay_mid_low_usd, pay_mid_high_usd
from estimates
where kind <> 'company' and level in ('early', 'senior')
order by all
