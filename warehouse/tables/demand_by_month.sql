-- Only threads, which have stood every month in one form: boards show what is open since the first run, no more.
with threads as (
    select p.posting_id, date_trunc('month', p.posted_on)::date as month_on, p.company, l.track
    from postings p join labels l using (posting_id) join sources s using (source)
    where s.is_dated and l.is_sure and l.track <> 'none' and p.posted_on is not null
),
counted as (
    select month_on, track, count(*) as postings, count(distinct company) as companies
    from threads
    group by all
)
select month_on, track, coalesce(postings, 0) as postings, coalesce(companies, 0) as companies,
    coalesce(postings, 0) / nullif(sum(postings) over (partition by month_on), 0) as share
from (select distinct month_on from threads) cross join (select distinct track from threads)
left join counted using (month_on, track)
order by month_on, track
