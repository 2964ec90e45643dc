with counted as (
    select p.company, l.track, l.is_sure, count(*) as postings
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
    group by all
),
totals as (
    select company, sum(postings) as of_postings from counted where is_sure and track <> 'none' group by company
)
select c.*, t.of_postings::bigint as of_postings, postings / t.of_postings as share,
    share_low(postings, t.of_postings) as share_low, share_high(postings, t.of_postings) as share_high
from counted c left join totals t on t.company = c.company and is_sure and track <> 'none'
order by company, postings desc, track
