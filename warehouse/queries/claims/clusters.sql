-- How many times as likely is it that two openings of different companies are in the same first-level region, in one
-- track as in another? The chance is Herfindahl's index without what one company adds by itself. A posting in several
-- regions counts a part in each. Limits: jackknife of the logarithm over companies (Efron and Stein 1981, Ann. Stat.
-- 9:586); none where no two openings meet.
with placed as (
    select track, company, posting_id, region || ', ' || country as region,
        1 / count(*) over (partition by posting_id) as part
    from open_tracks join (
        select distinct posting_id, country, region from job_places where region is not null
    ) using (posting_id)
    where track in ($track, $other)
),
cells as (select track, company, region, sum(part) as x from placed group by all),
regions as (select track, region, sum(x) as total, sum(x ** 2) as own from cells group by all),
tracks as (select track, sum(total ** 2 - own) as met from regions group by track),
of_company as (
    select track, company, sum(c.x) as n, sum(c.x ** 2) as own, sum(c.x * r.total) as beside
    from cells c join regions r using (track, region) group by all
),
sizes as (select track, sum(n) ** 2 - sum(n ** 2) as pairs, sum(n) as n from of_company group by track),
whole as (select track, met / nullif(pairs, 0) as chance, n, met, pairs from tracks join sizes using (track)),
-- without one company: its openings meet `beside` - `own` others twice over
without as (
    select c.company, w.track,
        (w.met - 2 * (coalesce(o.beside, 0) - coalesce(o.own, 0)))
            / nullif(w.pairs - 2 * coalesce(o.n, 0) * (w.n - coalesce(o.n, 0)), 0) as chance
    from (select distinct company from of_company) c cross join whole w
    left join of_company o on o.company = c.company and o.track = w.track
),
ratios as (
    select company, sum(case when track = $track then ln(chance) else -ln(chance) end) as log_ratio
    from (select company, track, case when chance > 1e-9 then chance end as chance from without)
    group by company having count(chance) = 2
),
basis as (
    select track, count(distinct posting_id) as postings, count(distinct company) as companies from placed group by track
),
spread as (
    select case when count(*) = (select count(distinct company) from of_company) then
        exp(sqrt((count(*) - 1) * var_pop(log_ratio)) * (select t_of(z_together(1), nullif(min(companies) - 1, 0)) from basis))
        end as reach
    from ratios
)
select $track as subject, $other as other, 'times' as unit, a.chance as value, b.chance as other_value,
    a.chance / nullif(b.chance, 0) as figure, figure / reach as low, figure * reach as high, 1 as at_least,
    null as at_most, least(coalesce(i.postings, 0), coalesce(j.postings, 0)) as postings,
    least(coalesce(i.companies, 0), coalesce(j.companies, 0)) as companies
from spread
left join whole a on a.track = $track left join whole b on b.track = $other
left join basis i on i.track = $track left join basis j on j.track = $other
