with counted as (
    select p.company, l.track, l.is_sure, count(*) as postings
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
    group by all
)
select *,
    case when is_sure and track <> 'none' then
        postings / sum(postings) filter (is_sure and track <> 'none') over (partition by company)
    end as share
from counted
order by company, postings desc, track
