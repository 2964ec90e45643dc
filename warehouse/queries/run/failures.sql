-- The boards a run did not read, and why.
select b.company, b.source, b.token, f.outcome, f.error
from fetches f join boards b using (board_id)
where f.loaded_run_id = $run_id and f.outcome in ('failed', 'skipped')
order by f.outcome, b.company
