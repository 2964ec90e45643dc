-- How many boards some runs asked, how many answered with what could be read, and one that did not, with the reason.
select
    count(*) as asked,
    count(*) filter (outcome in ('read', 'unchanged', 'empty')) as answered,
    arg_min(board_id, board_id) filter (outcome = 'failed') as board_id,
    arg_min(error, board_id) filter (outcome = 'failed') as error
from fetches
where run_id in (select unnest($run_ids)) and outcome <> 'skipped'
