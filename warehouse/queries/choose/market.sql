-- The six tracks in an area, for somebody who chooses among them: openings, companies, share, median pay with its
-- interval, and how many remote openings there are for a country beside those in the area.
with scope as (
    from postings_in($scope)
),
counted as (
    select 0 as base, track, company as unit, company from open_tracks semi join scope using (posting_id)
),
shares as (
    from all_shares_of('counted', $tracks)
),
stated as (
    from pay_stated_in($scope)
),
pay as (
    select base as track, * from quantiles_of('stated', [0.5], 1)
),
remote as (
    select t.track, count(*) as postings
    from open_tracks t anti join scope using (posting_id)
    where t.is_remote and ($scope['country'] is null or not exists (
        select 1 from job_places w where w.posting_id = t.posting_id and w.country is not null
    ) or exists (select 1 from job_places w where w.posting_id = t.posting_id and w.country = $scope['country']))
    group by track
),
whole as (
    select count(*) as all_postings, count(distinct company) as all_companies from counted
)
select track, coalesce(s.postings, 0) as postings, coalesce(s.companies, 0) as companies, all_postings, all_companies,
    share, share_low, share_high, coalesce(p.postings, 0) as with_pay, p.companies as pay_companies,
    p.figure as pay_mid_usd, p.low as pay_mid_low_usd, p.high as pay_mid_high_usd,
    coalesce(r.postings, 0) as remote_postings
from (select unnest($tracks) as track) left join shares s using (track) left join pay p using (track)
left join remote r using (track) cross join whole
