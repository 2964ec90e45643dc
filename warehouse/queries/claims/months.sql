-- How many companies hire for each track in each monthly thread? Dumps are of other companies, and begin and end.
select date_trunc('month', p.posted_on)::date as month_on, l.track, count(distinct p.company) as companies
from postings p join labels l using (posting_id) join sources s using (source)
where s.is_dated and s.source <> 'dump' and l.is_sure and l.track <> 'none' and p.posted_on is not null
group by month_on, track order by month_on, track
