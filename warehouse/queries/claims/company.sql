-- By how much does each track's share of a company's openings differ from its share of all other companies' openings?
-- Limits: Wilson's, the others' at their effective number of postings, companies as clusters.
with sizes as (
    select company, count(*) as n from open_tracks group by company
),
cells as (
    select company, n, track, (select count(*) from open_tracks t where t.company = s.company and t.track = k.track) as k
    from sizes s cross join (select unnest($tracks) as track) k
),
own as (
    select track, k / n as share, n, wilson_low(share, n, z_together(6)) as low, wilson_high(share, n, z_together(6)) as high
    from cells where company = $company
),
others as (
    select track, sum(k) / sum(n) as share, count(*) as companies, effective_postings(k, n) as independent,
        t_of(z_together(6), nullif(count(*) - 1, 0)) as t,
        wilson_low(share, independent, t) as low, wilson_high(share, independent, t) as high
    from cells where company <> $company group by track
)
select track as subject, null as other, 'points' as unit, own.share as value, others.share as other_value,
    own.share - others.share as figure, less_low(own.share, own.low, others.share, others.high) as low,
    less_high(own.share, own.high, others.share, others.low) as high, -$within as at_least, $within as at_most,
    coalesce(n, 0) as postings, coalesce(companies, 0) as companies
from (select unnest($tracks) as track) left join own using (track) left join others using (track)
order by abs(own.share - others.share) desc
