-- Open postings by what the model made of them, none of the six and unsure included, and the counts corrected for its known confusions, with 95 % limits.
-- No window over the full join: DuckDB 1.5.5 fails at it one time in a hundred, where there is little data.
with open_labels as (
    select company, l.track, l.is_sure, is_clearly_none(l.track, l.probability) as is_clear
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
),
counted as (
    select case when is_sure then track else 'unsure' end as track, count(*) as postings from open_labels group by all
),
found as (
    select 0 as base, company, track as predicted, count(*) as postings from open_labels where not is_clear group by all
),
corrected as (
    select track, corrected + clear as corrected, corrected_low + clear as corrected_low,
        corrected_high + clear as corrected_high
    from (
        select *, case when track = 'none' then (select count(*) from open_labels where is_clear) else 0 end as clear
        from corrected_of('found') where is_corrected_shown(of_postings)
    )
)
select track, coalesce(postings, 0) as postings, coalesce(postings, 0) / (select sum(postings) from counted) as share_of_postings,
    corrected, corrected_low, corrected_high
from counted full join corrected using (track)
order by postings desc, track
