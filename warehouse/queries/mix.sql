-- The six tracks among the open postings of a company or an area: as counted, and corrected for the model's known errors.
-- Pay is in US dollars or, where $in_ppp, in international dollars: without the postings whose price level is not known.
with scope as (
    from postings_in($kind, $company, $country, $region, $city, $latitude, $longitude, $within_km)
),
stated as (
    select t.track, t.company, pay_in(
            posting_id, t.pay_low_usd, t.pay_high_usd, $kind, $country, $region, $city, $latitude, $longitude, $within_km
        ) as pay,
        case when $in_ppp then price_level_of(posting_id, case when $within_km is null then $country end) else 1 end
            as price_level
    from open_tracks t join scope using (posting_id)
),
inside as (
    select track, company, pay.low / price_level as pay_low, pay.high / price_level as pay_high from stated
),
corrected as (
    select track, sum(expected) as corrected from expected_counts join scope using (posting_id) group by track
),
counted as (
    select track, count(*) as postings, count(distinct company) as companies, count(pay_low) as with_pay,
        median(pay_low) as low, median((pay_low + pay_high) / 2) as mid, median(pay_high) as high
    from inside group by track
)
select track, coalesce(postings, 0) as postings, round(coalesce(corrected, 0), 1) as corrected,
    coalesce(companies, 0) as companies,
    coalesce(postings, 0) / nullif(sum(postings) over (), 0) as share,
    share_low(coalesce(postings, 0), sum(postings) over ()) as share_low,
    share_high(coalesce(postings, 0), sum(postings) over ()) as share_high,
    coalesce(with_pay, 0) as with_pay,
    case when with_pay >= 5 then low end as pay_low,
    case when with_pay >= 5 then mid end as pay_mid,
    case when with_pay >= 5 then high end as pay_high
from (select unnest($tracks) as track) left join counted using (track) left join corrected using (track)
order by postings desc, track
