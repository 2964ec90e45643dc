-- Does the middle half of the pay that a track states, at a level and in a country, lie in a band of US dollars a year?
with quartiles as (
    select 'lower quartile' as subject, *
    from pay_quantile('country', null, $country, null, null, null, null, null, $level, 0.25, 2) where track = $track
    union all
    select 'upper quartile', *
    from pay_quantile('country', null, $country, null, null, null, null, null, $level, 0.75, 2) where track = $track
)
select subject, null as other, 'usd' as unit, figure as value, null as other_value, figure, low, high,
    case when subject = 'lower quartile' then $low_usd end as at_least,
    case when subject = 'upper quartile' then $high_usd end as at_most,
    coalesce(postings, 0) as postings, coalesce(companies, 0) as companies
from (select unnest(['lower quartile', 'upper quartile']) as subject) left join quartiles using (subject)
order by subject
