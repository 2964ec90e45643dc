-- In how many of the first-level regions with $least_openings openings and more of the six does a track have one?
with regions as (
    select w.country, w.region, count(*) as postings, count(*) filter (t.track = $track) as of_track
    from open_tracks t join (
        select distinct posting_id, country, region from job_places where region is not null
    ) w using (posting_id)
    group by all having postings >= $least_openings
),
counted as (select count(*) as n, count(*) filter (of_track > 0) as k from regions),
basis as (
    select count(distinct posting_id) as postings, count(distinct company) as companies
    from open_tracks join job_places w using (posting_id) semi join regions r on r.country = w.country and r.region = w.region
)
select n || ' regions' as subject, null as other, 'share' as unit, k / nullif(n, 0) as value, null as other_value,
    value as figure, share_low(k, n) as low, share_high(k, n) as high, $at_least as at_least, null as at_most,
    postings, companies
from counted cross join basis
