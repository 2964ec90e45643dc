-- How much does the share of a track swing from month to month beyond what chance alone makes it swing, as a part of
-- its mean? Shares are of companies in the monthly threads, so that the long list of one company is no swing.
-- Limits: the variance ratio's, from chi-squared (Wilson and Hilferty 1931), less chance's part of it.
with counted as (
    select base, track, count(*) as postings, count(distinct company) as companies
    from threads_in(scope_of('world')) group by base, track
),
monthly as (
    select base, sum(companies) as n, sum(companies) filter (track = $track) as k, sum(postings) filter (track = $track) as postings
    from counted group by base
),
pooled as (
    select sum(k) / sum(n) as share, count(*) as months, count(*) / sum(1 / n) as usual_n, sum(postings) as postings
    from monthly having months >= $least_months and share > 0
),
spread as (
    select p.*, sum((m.k - m.n * share) ** 2 / (m.n * share * (1 - share))) as chi2, months - 1 as freedom,
        sqrt((1 - share) / usual_n / share) as by_chance
    from pooled p cross join monthly m group by all
),
ratios as (
    select *, chi2 / freedom as ratio, 2 / (9 * freedom) as w,
        chi2 / (freedom * (1 - w + 1.96 * sqrt(w)) ** 3) as ratio_low,
        chi2 / (freedom * (1 - w - 1.96 * sqrt(w)) ** 3) as ratio_high
    from spread
)
select coalesce(months, 0) || ' months' as subject, null as other, 'swing' as unit, share as value, by_chance as other_value,
    by_chance * sqrt(greatest(ratio - 1, 0)) as figure, by_chance * sqrt(greatest(ratio_low - 1, 0)) as low,
    by_chance * sqrt(greatest(ratio_high - 1, 0)) as high, null as at_least, $at_most as at_most,
    coalesce(postings, 0)::bigint as postings, (
        select count(distinct company) from threads_in(scope_of('world')) where track = $track
    ) as companies
from (select 1) left join ratios on true
