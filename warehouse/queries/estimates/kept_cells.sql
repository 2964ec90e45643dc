-- What stands in every cell that estimates are kept of, and in what it lies in: the world, remote jobs, countries, regions and
-- cities, all of each and by level; and companies.
with whole as (
    select scope_of(kind, company := company, country := country, region := region, city := city) as scope, posting_id, level
    from placed_in('expected_tracks') join (select distinct posting_id, level from expected_tracks) using (posting_id)
),
narrowed as (
    select unnest(case when scope['kind'] = 'company' then [scope] else [scope, scope_of(
            scope['kind'], country := scope['country'], region := scope['region'], city := scope['city'], level := level)]
        end) as scope, posting_id
    from whole
),
placed as materialized (
    select cell_key(scope) as cell, * from narrowed
),
cells as materialized (
    select cell, scope, parent_of(scope) as parent_scope, cell_key(parent_of(scope)) as parent, step_of(scope) as step
    from (select cell, any_value(scope) as scope from placed semi join open_tracks using (posting_id) group by cell)
),
members as (
    from members_of('placed', 'cells')
)
from rungs_of('members', 'cells')
order by cell, part, track, level
