-- What stands in a scope, and in what it lies in: $chain, from itself to the world, at most five.
with cells as (
    select cell, scope, case when cell < len($chain) then cell + 1 end as parent, $chain[cell + 1] as parent_scope,
        step_of(scope) as step
    from (select unnest(range(1, len($chain) + 1)) as cell, unnest($chain) as scope)
),
placed as (
    select 1 as cell, posting_id from postings_in($chain[1])
    union all
    select 2, posting_id from postings_in($chain[2])
    union all
    select 3, posting_id from postings_in($chain[3])
    union all
    select 4, posting_id from postings_in($chain[4])
    union all
    select 5, posting_id from postings_in($chain[5])
),
members as (
    from members_of('placed', 'cells')
)
from rungs_of('members', 'cells')
order by cell, part, track, level
