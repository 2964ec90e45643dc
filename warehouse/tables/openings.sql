with placed as (
    select posting_id, list(place order by is_of_another, place_no, of) as named,
        string_agg(distinct called, '; ' order by called) as places
    from (
        select coalesce(d.same_as, w.posting_id) as posting_id, d.same_as is not null as is_of_another, place_no, w.posting_id as of,
            {'country': country, 'region': region, 'city': city, 'latitude': latitude, 'longitude': longitude} as place,
            coalesce(city, region, c.name) as called
        from posting_places w left join duplicates d using (posting_id) left join countries c using (country)
    ) group by posting_id
),
again as ( -- what stood on a board on the first day it was read had opened before
    select coalesce(d.same_as, p.posting_id) as posting_id
    from postings p join first_readings() using (board_id) left join duplicates d using (posting_id)
    where p.source not in (select source from sources where is_dated)
    group by 1
    having min(p.closed_on) <= max(p.first_seen_on) filter (where p.first_seen_on > first_read_on)
),
paid as (
    select posting_id, bool_or(is_of_several) as is_of_several,
        list({'country': r.country, 'region': r.region, 'city': r.city, 'latitude': r.latitude, 'longitude': r.longitude,
            'low': r.pay_low_usd, 'high': r.pay_high_usd} order by r.pay_low_usd, r.pay_high_usd, r.country, r.region, r.city) as ranges
    from job_pay r join open_tracks t using (posting_id)
    where r.pay_low_usd is not null
    group by posting_id
    having bool_or(is_of_several or r.country is not null) or min(r.pay_low_usd) is distinct from any_value(t.pay_low_usd)
        or max(r.pay_high_usd) is distinct from any_value(t.pay_high_usd)
)
select row_number() over (order by coalesce(p.posted_on, p.first_seen_on) desc, t.company, p.title, posting_id) as opening_no,
    posting_id, p.title, t.company, t.track, l.probability, t.is_remote, t.seniority, t.pay_low_usd, t.pay_high_usd,
    coalesce(p.posted_on, p.first_seen_on) as published_on, p.posted_on, p.first_seen_on, p.last_seen_on, p.url,
    p.years_asked, p.degree, p.visa, p.clearance, p.contract, p.language, p.pay_low is not null as states_pay,
    case when p.source not in (select source from sources where is_dated)
        then p.last_seen_on - least(p.first_seen_on, coalesce(p.posted_on, p.first_seen_on)) end as days_open,
    posting_id in (select posting_id from again) as is_posted_again, named, places, coalesce(is_of_several, false) as is_of_several, ranges
from open_tracks t join jobs p using (posting_id) join labels l using (posting_id)
left join placed using (posting_id) left join paid using (posting_id)
order by opening_no
