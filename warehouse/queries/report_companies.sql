-- The companies with the most open postings of the six tracks, by track.
with totals as (
    select company, sum(postings)::bigint as total
    from company_mix
    where is_sure and track <> 'none'
    group by company having total >= $least
    order by total desc, company limit $most
)
select m.company as name, m.track, m.postings, t.total
from company_mix m join totals t using (company)
where m.is_sure and m.track <> 'none'
order by t.total desc, name, m.track
