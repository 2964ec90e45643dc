-- How many boards of each source a run asked, and how many of them failed.
select b.source, count(*) as asked, count(*) filter (f.outcome = 'failed') as failed
from fetches f join boards b using (board_id)
where f.run_id = $run_id and f.outcome <> 'skipped'
group by b.source
