-- What stands in $scopes, of which no estimates are kept (circles, a company without an opening), and in what they lie in.
with asked as (
    select unnest($scopes) as scope
),
scopes as (
    select scope from asked
    union
    select parent_of(scope) from asked
    union
    select scope_of('world')
),
cells as (
    select cell_key(scope) as cell, scope, cell_key(parent_of(scope)) as parent, parent_of(scope) as parent_scope,
        step_of(scope) as step
    from scopes
),
placed as (
    select distinct scope, w.posting_id
    from scopes join job_places w on lies_in(scope, w.country, w.region, w.city, w.latitude, w.longitude)
    union all
    select scope, posting_id from scopes cross join expected_tracks where scope['kind'] = 'world'
),
members as (
    select * exclude (pay), round(1e6 * ln((pay.low + pay.high) / 2))::bigint as log_pay
    from (
        select cell_key(scope) as cell, t.*, pay_in(posting_id, pay_low_usd, pay_high_usd, scope) as pay
        from placed join expected_tracks t using (posting_id)
    )
)
from rungs_of('members', 'cells')
order by cell, part, track, level
