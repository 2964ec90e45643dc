-- By how many US dollars a year is the median pay of a track, at a level and in a country, above that of each other?
with stated as (from pay_stated_in(scope_of('country', country := $country, level := $level))),
paid as (select base as track, * from quantiles_of('stated', [0.5], 5)),
all_six as (select * from (select unnest($tracks) as track) left join paid using (track))
select a.track as subject, b.track as other, 'usd_more' as unit, a.figure as value, b.figure as other_value,
    a.figure - b.figure as figure, less_low(a.figure, a.low, b.figure, b.high) as low,
    less_high(a.figure, a.high, b.figure, b.low) as high, 0 as at_least, null as at_most,
    least(coalesce(a.postings, 0), coalesce(b.postings, 0)) as postings,
    least(coalesce(a.companies, 0), coalesce(b.companies, 0)) as companies
from all_six a join all_six b on a.track = $track and b.track <> $track
order by low nulls first, other
