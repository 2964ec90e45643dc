-- What stands in every cell that estimates are kept of, and in what it lies in: the world, remote jobs, countries, regions and
-- cities, all of each and by level; and companies.
with placed as (
    select scope_of('world') as scope, posting_id from expected_tracks
    union
    select scope_of('remote'), posting_id from expected_tracks where is_remote
    union
    select scope_of('company', company := company), posting_id from expected_tracks
    union
    select scope_of('country', country := country), posting_id from job_places where country is not null
    union
    select scope_of('region', country := country, region := region), posting_id from job_places where region is not null
    union
    select scope_of('city', country := country, region := region, city := city), posting_id from job_places where city is not null
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
