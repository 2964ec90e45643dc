-- Does the middle half of the pay that a track states, at a level and in a country, lie in a band of US dollars a year?
with stated as (
    from pay_stated_in(scope_of('country', country := $country, level := $level))
),
quartiles as (
    select case part when 0.25 then 'lower quartile' else 'upper quartile' end as subject, *
    from quantiles_of('stated', [0.25, 0.75], 2) where base = $track
)
select subject, null as other, 'usd' as unit, figure as value, null as other_value, figure, low, high,
    case when subject = 'lower quartile' then $low_usd end as at_least,
    case when subject = 'upper quartile' then $high_usd end as at_most,
    coalesce(postings, 0) as postings, coalesce(companies, 0) as companies
from (select unnest(['lower quartile', 'upper quartile']) as subject) left join quartiles using (subject)
order by subject
