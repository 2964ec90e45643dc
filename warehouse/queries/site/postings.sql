-- The open postings of the six tracks, company by company, as pages list them.
select t.posting_id, t.company, p.title, p.url, t.track, t.seniority, t.is_remote, t.pay_low_usd, t.pay_high_usd, l.probability,
    w.places
from open_tracks t join jobs p using (posting_id) join labels l using (posting_id)
left join (
    select posting_id, string_agg(distinct coalesce(city, region, name), ', ' order by coalesce(city, region, name))
        as places
    from job_places left join countries using (country) group by posting_id
) w using (posting_id)
order by t.company, t.track, p.title, posting_id
