-- When the boards were last asked, and how many answered.
select max(fetched_at) as read_at, count(*) filter (outcome in ('read', 'unchanged', 'empty')) as read,
    count(*) filter (outcome = 'failed') as failed, count(*) filter (outcome = 'skipped') as skipped
from (from fetches qualify row_number() over (partition by board_id order by fetched_at desc) = 1)
