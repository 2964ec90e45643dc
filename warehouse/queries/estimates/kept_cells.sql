-- What stands in every cell that estimates are kept of, and in what it lies in.
with members as materialized (
    select cell_key(scope) as cell, * from kept_members()
),
cells as (
    select cell, scope, parent_of(scope) as parent_scope, cell_key(parent_of(scope)) as parent, step_of(scope) as step
    from (select cell, any_value(scope) as scope from members group by cell)
)
from rungs_of('members', 'cells')
order by cell, part, track, level
