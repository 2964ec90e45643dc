-- Open postings by what the model made of them, and the counts corrected for its known errors.
with counted as (
    select case when l.is_sure then l.track else 'unsure' end as track, count(*) as postings
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
    group by all
),
corrected as (
    select e.track, sum(e.expected) as corrected
    from jobs p join expected_counts e using (posting_id)
    where p.closed_on is null
    group by e.track
)
select track, coalesce(postings, 0) as postings, coalesce(postings, 0) / sum(postings) over () as share, corrected
from counted full join corrected using (track)
order by postings desc, track
