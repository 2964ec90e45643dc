-- The share of each of some tracks in each base, from the name of a table of postings (base, track, unit, company), with its
-- 95 % interval: Wilson's, of what the postings are worth when those of a unit are alike (Dean and Pagano 2015, J. Surv.
-- Stat. Methodol. 3:484). A track that a base has none of is there too.
create or replace macro all_shares_of(counted, tracks) as table
with by_unit as (
    select base, track, unit, any_value(company) as company, count(*)::double as k
    from query_table(counted) group by base, track, unit
),
units as (
    select base, unit, sum(k) as n from by_unit group by base, unit
),
bases as (
    select base, sum(n) as n, count(*) as units, sum(n * n) as nn from units group by base
),
found as (
    select base, track, sum(k) as k, count(distinct company) as companies, sum(k * k) as kk, sum(k * n) as kn
    from by_unit join units using (base, unit) group by base, track
),
cells as (
    select base, track, n, units, nn, coalesce(k, 0) as k, coalesce(companies, 0) as companies, coalesce(kk, 0) as kk,
        coalesce(kn, 0) as kn
    from bases cross join (select unnest(tracks) as track) left join found using (base, track)
),
sized as (
    select *, k / n as share, effective_size_of_few(k, n, units, kk, kn, nn) as size from cells
)
select base, track, k::bigint as postings, companies, n::bigint as of_postings, share,
    share_low(share * size, size) as share_low, share_high(share * size, size) as share_high
from sized;
comment on macro table all_shares_of is 'The share of each of some tracks in each base, with a 95 % interval, those it has none of too; counted names a table (base, track, unit, company)';

