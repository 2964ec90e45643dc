-- What stands in every cell that estimates are kept of, and in what it lies in: the world, remote jobs, countries, regions and
-- cities, all of each and by level; and companies.
with placed as (
    select scope_of(kind, company := company, country := country, region := region, city := city) as scope, posting_id
    from placed_in('expected_tracks')
),
paid as (
    select t.*, scope, pay_in(posting_id, pay_low_usd, pay_high_usd, scope) as pay
    from placed join expected_tracks t using (posting_id)
),
narrowed as (
    select unnest(case when scope['kind'] = 'company' then [scope] else [scope, scope_of(
            scope['kind'], country := scope['country'], region := scope['region'], city := scope['city'], level := level)]
        end) as scope, posting_id, company, track, level, is_counted, is_remote, expected, pay
    from paid
),
members as materialized (
    select cell_key(scope) as cell, * from narrowed
    qualify bool_or(is_counted) over (partition by scope)
),
cells as (
    select cell, scope, parent_of(scope) as parent_scope, cell_key(parent_of(scope)) as parent, step_of(scope) as step
    from (select cell, any_value(scope) as scope from members group by cell)
)
from rungs_of('members', 'cells')
order by cell, part, track, level
