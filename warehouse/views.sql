-- Every view over the base tables, with a comment on each; macros/ has what questions ask, in views and macros of their own.

create or replace view jobs as
select p.* exclude (first_seen_on, last_seen_on, closed_on, is_remote), seen.* exclude (posting_id)
from postings p join (
    select coalesce(d.same_as, p.posting_id) as posting_id, bool_or(p.is_remote) as is_remote,
        min(p.first_seen_on) as first_seen_on, max(p.last_seen_on) as last_seen_on,
        case when count(p.closed_on) = count(*) then max(p.closed_on) end as closed_on
    from postings p left join duplicates d using (posting_id)
    group by 1
) seen using (posting_id);
comment on view jobs is 'Every job once: its postings seen as one, open from the first that opened until the last has closed';

create or replace view job_places as
select distinct coalesce(d.same_as, w.posting_id) as posting_id, city, region, country, latitude, longitude
from posting_places w left join duplicates d using (posting_id);
comment on view job_places is 'Every place that a job''s postings name; one row a place';

create or replace view job_pay as
with of_several as (select distinct same_as as job_id from duplicates)
select coalesce(d.same_as, r.posting_id) as posting_id, s.job_id is not null as is_of_several, r.tied_to, r.level,
    case when r.country is null then w.city else r.city end as city,
    case when r.country is null then w.region else r.region end as region,
    coalesce(r.country, w.country) as country,
    case when r.country is null then w.latitude else r.latitude end as latitude,
    case when r.country is null then w.longitude else r.longitude end as longitude,
    r.pay_low, r.pay_high, r.pay_currency, r.pay_period, r.pay_low_usd, r.pay_high_usd
from posting_pay r
left join duplicates d using (posting_id)
left join of_several s on s.job_id = coalesce(d.same_as, r.posting_id)
-- one key, for a condition beside it would compare every range with every place
left join posting_places w on w.posting_id = case when s.job_id is not null and r.country is null then r.posting_id end;
comment on view job_pay is 'Every range of pay of a job; of one job of several postings, a range for no place counts for its posting''s places';

comment on column job_pay.is_of_several is 'True where the job stands in several postings, each with pay of its own';

create or replace view open_tracks as
select p.posting_id, p.company, p.seniority, p.is_remote, p.pay_low_usd, p.pay_high_usd, l.track, p.is_sample
from jobs p join labels l using (posting_id)
where p.closed_on is null and l.is_sure and l.track <> 'none';
comment on view open_tracks is 'The open jobs that are surely of one of the six tracks: what every count of tracks counts';

create or replace view posting_areas as
select 'world' as area_kind, null as country, null as region, posting_id from jobs
union all
select 'remote', null, null, posting_id from jobs where is_remote
union
select 'country', country, null, posting_id from job_places where country is not null
union
select 'region', country, region, posting_id from job_places where region is not null;
comment on view posting_areas is 'Every area a job belongs to, once each: the world, remote, its countries, its regions';
