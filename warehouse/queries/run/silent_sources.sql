-- Sources of which not one board answered the last time they were asked.
with last_asked as (
    select b.source, f.outcome
    from fetches f join boards b using (board_id)
    where f.outcome <> 'skipped'
    qualify f.fetched_at = max(f.fetched_at) over (partition by b.source)
)
select count(*) from (select source from last_asked group by source having bool_and(outcome = 'failed'))
