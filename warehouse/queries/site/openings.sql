-- The open postings of the six tracks, the newest first, as pages list them and the page of openings filters them: with
-- places, skills, and the ranges of pay of those that say more than their own low and high (macro pay_in).
with placed as (
    select posting_id, list(distinct {'country': country, 'region': region, 'city': city, 'latitude': latitude,
        'longitude': longitude}) as places
    from job_places where country is not null group by posting_id
),
skilled as (
    select posting_id, list(skill order by skill) as skills from posting_skills group by posting_id
),
paid as (
    select posting_id, bool_or(is_of_several) as is_of_several,
        list({'country': r.country, 'region': r.region, 'city': r.city, 'latitude': r.latitude, 'longitude': r.longitude,
            'low': r.pay_low_usd, 'high': r.pay_high_usd} order by r.pay_low_usd, r.pay_high_usd) as ranges
    from job_pay r join open_tracks t using (posting_id)
    where r.pay_low_usd is not null
    group by posting_id
    having bool_or(is_of_several or r.country is not null) or min(r.pay_low_usd) is distinct from any_value(t.pay_low_usd)
        or max(r.pay_high_usd) is distinct from any_value(t.pay_high_usd)
)
select posting_id, p.title, p.url, t.company, t.track, t.seniority, coalesce(t.is_remote, false) as is_remote, t.pay_low_usd,
    t.pay_high_usd, coalesce(p.posted_on, p.first_seen_on) as published_on, places, skills, is_of_several, ranges
from open_tracks t join jobs p using (posting_id) left join placed using (posting_id) left join skilled using (posting_id)
left join paid using (posting_id)
order by published_on desc, t.company, p.title, posting_id
