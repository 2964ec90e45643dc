-- Of what each base has of each kind, the sums over its units (companies) that its share and the interval of that are made from
-- (warehouse/clusters.py), from the names of two tables: members (base, posting_id, unit, company), and kinds (posting_id,
-- kind). A base that has no kind is there once, with a null kind.
create or replace macro sums_over_units(members, kinds) as table
with sizes as (
    select base, unit, count(*) as n from query_table(members) group by base, unit
),
bases as (
    select base, sum(n)::bigint as of_postings, count(*) as units, sum(n * n)::bigint as of_squares from sizes group by base
),
found as (
    select m.base, m.unit, m.company, k.kind, count(*) as k
    from query_table(members) m join query_table(kinds) k using (posting_id) group by m.base, m.unit, m.company, k.kind
),
summed as (
    select base, kind, sum(k)::bigint as postings, count(distinct company) as companies, sum(k * k)::bigint as squares,
        sum(k * n)::bigint as products
    from found join sizes using (base, unit) group by base, kind
)
select base, kind, postings, companies, of_postings, units, squares, products, of_squares
from bases left join summed using (base);
comment on macro table sums_over_units is 'Postings of each kind in each base, with sums over their units; members (base, posting_id, unit, company) and kinds (posting_id, kind) name tables';
