-- The weeks in which boards were read, each with the last day of it.
select date_trunc('week', fetched_at)::date as week_on, max(fetched_at)::date as read_on
from fetches where outcome in ('read', 'unchanged', 'empty')
group by all order by all
