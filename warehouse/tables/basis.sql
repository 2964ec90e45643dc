with placed as (
    select scope_of('world') as scope, posting_id from jobs
    union all
    select scope_of('remote'), posting_id from jobs where is_remote
    union all
    select scope_of('company', company := company), posting_id from jobs
    union
    select scope_of('country', country := country), posting_id from job_places where country is not null
    union
    select scope_of('region', country := country, region := region), posting_id from job_places where region is not null
    union
    select scope_of('city', country := country, region := region, city := city), posting_id from job_places where city is not null
),
open_jobs as (
    select p.*, l.is_sure and l.track <> 'none' as is_in, l.is_sure and l.track = 'none' as is_none, not l.is_sure as is_unsure
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
),
counted as (
    select scope, count(j.posting_id) as postings, count(distinct j.company) as companies, count(*) filter (is_in) as in_tracks,
        count(*) filter (is_none) as none, count(*) filter (is_unsure) as unsure, count(pay_low_usd) filter (is_in) as with_pay,
        count(*) filter (is_remote and is_in) as remote,
        coalesce(bool_or(is_sample), false) as is_sample, min(last_seen_on) as seen_from, max(last_seen_on) as seen_to
    from placed left join open_jobs j using (posting_id)
    group by scope
)
select scope['kind'] as kind, scope['company'] as company, scope['country'] as country, scope['region'] as region,
    scope['city'] as city, cell_key(scope) as cell, cell_key(parent_of(scope)) as parent, counted.* exclude (scope)
from counted
order by kind, company, country, region, city
