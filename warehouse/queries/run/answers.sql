-- How many boards of each source a run asked, without those of the directory that are gone, and how many of them failed.
select b.source, count(*) as asked, count(*) filter (f.outcome = 'failed') as failed
from fetches f join boards b using (board_id)
where f.run_id = $run_id and f.outcome <> 'skipped' and not is_gone_of_directory(f.outcome, f.http_status, b.named_by)
group by b.source
