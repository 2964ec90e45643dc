-- When a board answered last.
select max(fetched_at) from fetches where outcome in ('read', 'unchanged', 'empty')
