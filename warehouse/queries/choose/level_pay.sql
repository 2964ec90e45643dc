-- Estimated pay of $track early and senior, in the first of the areas $chain, from the smallest to the world, that the
-- table has at that level.
with chain as (
    select rung, $chain[rung] as scope from (select unnest(range(1, len($chain) + 1)) as rung)
)
select e.level, case e.kind when 'world' then 'everywhere' when 'remote' then 'Remote'
        else coalesce(e.city, e.region, c.name, e.country) end as called,
    e.postings, e.with_pay, e.pay_mid_usd, e.pay_mid_low_usd, e.pay_mid_high_usd
from chain join estimates e on e.kind = scope['kind'] and e.company is not distinct from scope['company']
    and e.country is not distinct from scope['country'] and e.region is not distinct from scope['region']
    and e.city is not distinct from scope['city'] and scope['within_km'] is null
left join countries c on c.country = e.country
where e.track = $track and e.level in ('early', 'senior')
qualify row_number() over (partition by e.level order by rung) = 1
order by e.level
