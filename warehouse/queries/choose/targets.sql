-- The six tracks among the openings of some companies together.
with counted as (
    select track, count(*) as postings, count(distinct company) as companies
    from open_tracks where list_contains($companies, company) group by track
)
select track, coalesce(postings, 0) as postings, coalesce(companies, 0) as companies,
    coalesce(sum(postings) over (), 0)::bigint as all_postings,
    (select count(distinct company) from open_tracks where list_contains($companies, company)) as all_companies,
    coalesce(postings, 0) / nullif(all_postings, 0) as share,
    share_low(coalesce(postings, 0), all_postings) as share_low,
    share_high(coalesce(postings, 0), all_postings) as share_high
from (select unnest($tracks) as track) left join counted using (track)
