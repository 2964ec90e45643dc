-- Open jobs by what the model made of them: one of the six, none of them, or unsure.
with counted as (
    select case when is_sure then track else 'unsure' end as label, count(*) as postings
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
    group by label
)
select label, postings, postings / sum(postings) over () as share_of_all
from counted
order by postings desc, label
