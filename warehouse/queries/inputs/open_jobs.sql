-- A digest of what tables are made from that tell of nothing but the jobs now open.
with open_jobs as (
    select p.posting_id, p.company, p.seniority, p.is_remote, p.pay_low_usd, p.pay_high_usd, p.is_sample,
        l.track, l.is_sure, l.probabilities
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
)
select md5(concat_ws(' ',
    (select bit_xor(hash(t)) from open_jobs t),
    (select bit_xor(hash(t)) from job_places t semi join open_jobs using (posting_id)),
    -- the order of places, of which the first counts, and ranges that two postings of a job have in common
    (select bit_xor(hash(t)) from posting_places t), (select bit_xor(hash(t)) from posting_pay t),
    (select bit_xor(hash(t)) from posting_skills t), (select bit_xor(hash(t)) from skill_readings t), (select bit_xor(hash(t)) from skills t),
    (select bit_xor(hash(t)) from duplicates t), (select bit_xor(hash(t)) from models t),
    (select bit_xor(hash(t)) from price_levels t)
))
