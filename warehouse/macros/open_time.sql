-- How many days it takes until half of the postings of each base have closed, from the name of a table (base, company,
-- entered, left_after, has_closed): days since it opened on which a posting was first seen and last seen or closed.
-- Kaplan & Meier 1958 (J. Am. Stat. Assoc. 53:457), for most are still open; at risk on a day are those seen before it, for
-- those already open at the first run enter late (Tsai, Jewell & Wang 1987, Biometrika 74:883). Days on which fewer than
-- five are at risk are passed over (Lai & Ying 1991, Ann. Stat. 19:417). The 95 % interval of the median is where the
-- log-log interval of the curve (Greenwood's variance) holds one half (Brookmeyer & Crowley 1982, Biometrics 38:29).
create or replace macro open_time_of(lives) as table
with watched as (
    from query_table(lives) where left_after > entered
),
days as (
    select base, left_after as day, count(*)::double as closed from watched where has_closed group by base, left_after
),
at_risk as (
    select d.base, d.day, d.closed, count(*)::double as postings
    from days d join watched w on w.base = d.base and w.entered < d.day and w.left_after >= d.day
    group by d.base, d.day, d.closed
    having count(*) >= 5
),
curve as (
    select base, day, product(1 - closed / postings) over so_far as open,
        sum(case when postings > closed then closed / (postings * (postings - closed)) end) over so_far as greenwood
    from at_risk
    window so_far as (partition by base order by day)
),
bands as (
    select base, day, open, case when open > 0 then pow(open, exp(1.96 * sqrt(greenwood) / abs(ln(open)))) else 0 end as low,
        case when open > 0 then pow(open, exp(-1.96 * sqrt(greenwood) / abs(ln(open)))) end as high
    from curve
),
medians as (
    select base, min(day) filter (open <= 0.5) as median_days, min(day) filter (low <= 0.5) as median_days_low,
        min(day) filter (high <= 0.5) as median_days_high
    from bands group by base
)
select base, count(*) as postings, count(distinct company) as companies, count(*) filter (has_closed) as closed,
    count(*) filter (entered > 0) as entered_late, any_value(median_days) as median_days,
    any_value(median_days_low) as median_days_low, any_value(median_days_high) as median_days_high
from watched left join medians using (base)
group by base;
comment on macro table open_time_of is 'Days until half of each base have closed (Kaplan and Meier), with a 95 % interval; lives names a table (base, company, entered, left_after, has_closed)';
