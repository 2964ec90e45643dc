-- What could not be read, of what the boards listed when they were last read.
select coalesce(sum(rejected), 0)::bigint as rejected, coalesce(sum(postings), 0)::bigint as listed
from (
    from fetches where postings is not null
    qualify row_number() over (partition by board_id order by fetched_at desc) = 1
)
