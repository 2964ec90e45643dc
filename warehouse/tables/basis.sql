with open_jobs as (
    select p.*, l.is_sure and l.track <> 'none' as is_in, l.is_sure and l.track = 'none' as is_none, not l.is_sure as is_unsure
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
),
counted as (
    select kind, p.company, country, region, city, count(j.posting_id) as postings, count(distinct j.company) as companies,
        count(*) filter (is_in) as in_tracks, count(*) filter (is_none) as none, count(*) filter (is_unsure) as unsure,
        count(pay_low_usd) filter (is_in) as with_pay, count(*) filter (is_remote and is_in) as remote,
        coalesce(bool_or(is_sample), false) as is_sample, min(last_seen_on) as seen_from, max(last_seen_on) as seen_to
    from placed_in('jobs') p left join open_jobs j using (posting_id)
    group by all
)
select c.* exclude (scope), cell_key(scope) as cell, cell_key(parent_of(scope)) as parent
from (select *, scope_of(kind, company := company, country := country, region := region, city := city) as scope from counted) c
order by kind, company, country, region, city
