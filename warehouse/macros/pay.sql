-- Quantiles of what postings pay a year, in each base, from the name of a table (base, unit, company, pay_mid), with
-- limits that hold for so many comparisons together. The limits are order statistics, whatever the distribution: their
-- ranks come from the variance of the part of postings under the quantile, with units as clusters (Woodruff 1952, J. Am.
-- Stat. Assoc. 47:635), never less than that of independent postings; those on the quantile are under it with its part.
-- Between two ranks a limit lies in proportion (Hettmansperger and Sheather 1986, Stat. Probab. Lett. 4:75); a quarter of a
-- rank beyond the last is the last, so that the lowest and the highest of five enclose the median (94 of 100 draws).
-- Further out there is none.
create or replace macro at_rank(sorted, rank) as case when rank > 0.75 and rank < len(sorted) + 0.25 then
    sorted[greatest(1, floor(rank))::bigint] + (rank - floor(rank))
        * (sorted[least(len(sorted), ceil(rank))::bigint] - sorted[greatest(1, floor(rank))::bigint]) end;
create or replace macro quantiles_of(stated, parts, comparisons) as table
with paid as (
    select base, unit, company, pay_mid from query_table(stated) where pay_mid is not null
),
ordered as (
    select base, count(*) as postings, count(distinct company) as companies, count(distinct unit) as units,
        list(pay_mid order by pay_mid) as mids
    from paid group by base
),
asked as (
    select *, unnest(parts)::double as part from ordered
),
placed as (
    select *, at_rank(mids, (postings - 1) * part + 1) as figure from asked
),
under as (
    select base, part, sum(pow(k - part * n, 2)) as spread
    from (
        select base, part, unit, count(*) as n,
            count(*) filter (pay_mid < figure) + part * count(*) filter (pay_mid = figure) as k
        from placed join paid using (base) group by base, part, unit
    )
    group by base, part
),
reached as (
    select *, greatest(
        z_together(comparisons) * sqrt(postings * part * (1 - part)),
        case when units < postings then
            t_of(z_together(comparisons), nullif(units - 1, 0)) * sqrt(units / nullif(units - 1, 0) * spread) end) as reach
    from placed join under using (base, part)
)
select base, part, figure, at_rank(mids, postings * part + 0.5 - reach) as low,
    at_rank(mids, postings * part + 0.5 + reach) as high, postings, companies
from reached;
comment on macro table quantiles_of is 'Quantiles of yearly pay in each base, with intervals; stated names a table (base, unit, company, pay_mid), parts is a list such as [0.25, 0.5]';

-- the middle half of what is paid, and the median with its 95 % interval; all null where that has none
create or replace macro pay_of(stated) as table
select base, postings as with_pay, companies as pay_companies, q[0.25] as pay_q1, q[0.5] as pay_mid, q[0.75] as pay_q3,
    low as pay_mid_low, high as pay_mid_high
from (
    select base, any_value(postings) as postings, any_value(companies) as companies, map_from_entries(list((part, figure))) as q,
        any_value(low) filter (part = 0.5) as low, any_value(high) filter (part = 0.5) as high
    from quantiles_of(stated, [0.25, 0.5, 0.75], 1) group by base
)
where low is not null and high is not null;
comment on macro table pay_of is 'Quartiles of yearly pay in each base, the median with a 95 % interval; stated names a table (base, unit, company, pay_mid)';
