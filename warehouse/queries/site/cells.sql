-- What stands in $scopes, of which no estimates are kept, and in what they lie in: a cell for each, in their order, then
-- those around.
with asked as (
    select unnest($scopes) as scope, unnest(range(len($scopes))) as number
),
around as (
    select parent_of(scope) as scope from asked
    union
    select scope_of('world')
),
scopes as (
    select printf('%09d', number) as cell, scope from asked
    union all
    select cell_key(scope), scope from around
),
cells as (
    select cell, scope, cell_key(parent_of(scope)) as parent, parent_of(scope) as parent_scope, step_of(scope) as step
    from scopes
),
spots as materialized (
    select distinct country, region, city, latitude, longitude from job_places
),
held as materialized (
    select cell, spots.* from scopes join spots on lies_in(scope, country, region, city, latitude, longitude)
),
placed as (
    select distinct cell, posting_id
    from held h join job_places w on (h.country, h.region, h.city, h.latitude, h.longitude)
        is not distinct from (w.country, w.region, w.city, w.latitude, w.longitude)
    union all
    select distinct cell, posting_id from scopes cross join expected_tracks where scope['kind'] = 'world'
),
members as (
    from members_of('placed', 'scopes')
)
from rungs_of('members', 'cells')
order by cell, part, track, level
