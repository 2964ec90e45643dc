-- The weeks in which boards were read, by their Mondays.
select distinct date_trunc('week', fetched_at)::date as week_on
from fetches where outcome in ('read', 'unchanged', 'empty')
order by all
