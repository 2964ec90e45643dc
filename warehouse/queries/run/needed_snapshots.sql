-- The kept payloads that must stay: the last of each board, and what is not loaded yet.
select distinct snapshot
from fetches
where snapshot is not null
qualify loaded_run_id is null or row_number() over (partition by board_id order by fetched_at desc, rowid desc) = 1
