with placed as (
    select distinct t.track as base, t.company, posting_id, concat_ws(', ', w.region, w.country) as place
    from open_tracks t join job_places w using (posting_id)
    where w.region is not null
),
counted as (
    select base, count(distinct posting_id) as postings, count(distinct place) as regions from placed group by base
),
largest as (
    select base, string_agg(place, '; ' order by postings desc, place) as five_largest
    from (
        select base, place, count(*) as postings from placed group by base, place
        qualify row_number() over (partition by base order by count(*) desc, place) <= 5
    )
    group by base
),
shown as (
    select * from counted join concentration_of('placed') using (base) join largest using (base)
    where is_spread_shown(postings, companies)
)
select base as track, w.* exclude (base), w.postings is null as is_withheld
from counted left join shown w using (base)
order by track
