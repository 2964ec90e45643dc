-- Open postings by what the model made of them.
select case when l.is_sure then l.track else 'unsure' end as track, count(*) as postings,
    count(*) / sum(count(*)) over () as share
from postings p join labels l using (posting_id)
where p.closed_on is null
group by all
order by postings desc
