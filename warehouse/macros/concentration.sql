create or replace macro within_one(x) as greatest(0, least(1, x));

-- How concentrated what stands in some places is, for each base, from the name of a table (base, company, posting_id, place);
-- a posting of several places counts in each with its part. Herfindahl's index (the sum of the squared shares of the
-- places) and the share of the five largest, both corrected for their bias in small samples by the jackknife over
-- companies (Quenouille 1956, Biometrika 43:353; Tukey 1958, Ann. Math. Stat. 29:614). In the error of the 95 % interval
-- the correction counts beside the jackknife's variance, for it is an estimate too.
create or replace macro concentration_of(placed) as table
with parts as (
    select base, company, place, 1 / count(*) over (partition by base, posting_id) as part from query_table(placed)
),
by_company as (
    select base, company, place, sum(part) as n from parts group by base, company, place
),
places as (
    select base, place, sum(n) as n from by_company group by base, place
),
companies as (
    select distinct base, company from by_company
    union all select distinct base, null from by_company  -- null leaves out nobody
),
remaining as (
    select base, c.company, place, p.n - coalesce(b.n, 0) as n
    from places p join companies c using (base) left join by_company b using (base, company, place)
),
figures as (
    select base, company, list_sum(list_transform(counts, lambda n: n * n)) / pow(list_sum(counts), 2) as herfindahl,
        list_sum(counts[:5]) / list_sum(counts) as five
    from (select base, company, list(n order by n desc) as counts from remaining group by base, company)
    where list_sum(counts) > 1e-9
),
without as (
    select base, count(*) as companies, avg(herfindahl) as herfindahl, avg(five) as five,
        (count(*) - 1) * var_pop(herfindahl) as herfindahl_variance, (count(*) - 1) * var_pop(five) as five_variance
    from figures where company is not null group by base
),
biases as (
    select base, w.companies, f.herfindahl, f.five, herfindahl_variance, five_variance,
        (w.companies - 1) * (w.herfindahl - f.herfindahl) as herfindahl_bias,
        (w.companies - 1) * (w.five - f.five) as five_bias
    from without w join figures f using (base) where f.company is null
),
unbiased as (
    select base, companies, herfindahl - herfindahl_bias as herfindahl, five - five_bias as five,
        1.96 * sqrt(herfindahl_variance + pow(herfindahl_bias, 2)) as herfindahl_error,
        1.96 * sqrt(five_variance + pow(five_bias, 2)) as five_error
    from biases
)
select base, companies, within_one(herfindahl) as herfindahl, within_one(herfindahl - herfindahl_error) as herfindahl_low,
    within_one(herfindahl + herfindahl_error) as herfindahl_high, within_one(five) as five_largest_share,
    within_one(five - five_error) as five_largest_share_low, within_one(five + five_error) as five_largest_share_high
from unbiased;
comment on macro table concentration_of is 'Herfindahl''s index and the share of the five largest places of each base, with 95 % intervals; placed names a table (base, company, posting_id, place)';
