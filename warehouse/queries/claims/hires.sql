-- By how much of all openings does a track hire more ($most) or fewer than each of the others, corrected for the
-- model's known errors? A track that is null is the one that hires the most, or the fewest.
-- Limits: ratio of sums over companies, linearised (Cochran 1977, Sampling Techniques, 6.13), its variance never less
-- than that of independent postings.
with mass as (
    select p.company, e.track, sum(e.expected) as expected
    from jobs p join expected_counts e using (posting_id)
    where p.closed_on is null and e.track <> 'none'
    group by all
),
shares as (
    select track, coalesce(sum(expected), 0) / sum(sum(expected)) over () as share
    from (select unnest($tracks) as track) left join mass using (track)
    group by track
),
subject as (
    select track, share from shares
    where $track is null or track = $track
    order by case when $most then -share else share end, track limit 1
),
basis as (
    select count(*) as postings, count(distinct company) as companies,
        t_of(z_together(case when $track is null then 15 else 5 end), nullif(count(distinct company) - 1, 0)) as t
    from open_tracks
),
of_company as (
    select s.track, company, sum(m.expected) as total,
        sum(case when m.track = (select track from subject) then m.expected when m.track = s.track then -m.expected
            else 0 end) as more
    from mass m cross join shares s
    where s.track <> (select track from subject)
    group by all
),
compared as (
    select track, ratio as more, sum(total) as n,
        count(*) / nullif(count(*) - 1, 0) * sum((more - total * ratio) ** 2) / sum(total) ** 2 as variance
    from (select *, sum(more) over (partition by track) / sum(total) over (partition by track) as ratio from of_company)
    group by track, ratio
),
against as (
    select subject.track as subject, s.track as other, subject.share as value, s.share as other_value,
        case when $most then more else -more end as figure, postings, companies,
        t * sqrt(greatest(0, variance, (subject.share + s.share - more ** 2) / n)) as reach
    from shares s left join compared c on c.track = s.track cross join subject cross join basis
    where s.track <> subject.track
)
select subject, other, 'points' as unit, value, other_value, figure, figure - reach as low, figure + reach as high,
    0 as at_least, null as at_most, postings, companies
from against
order by low
