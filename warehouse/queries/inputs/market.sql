-- A digest of what every derived table and page is made from; the rows of a table differ by its key, and come in any order.
select md5(concat_ws(' ',
    (select bit_xor(hash(t)) from (select * exclude (text) from postings) t),  -- no figure is of a text itself
    (select bit_xor(hash(t)) from posting_places t), (select bit_xor(hash(t)) from posting_pay t), (select bit_xor(hash(t)) from pay_changes t),
    (select bit_xor(hash(t)) from labels t), (select bit_xor(hash(t)) from models t),
    (select bit_xor(hash(t)) from duplicates t), (select bit_xor(hash(t)) from posting_skills t),
    (select bit_xor(hash(t)) from skills t), (select bit_xor(hash(t)) from skill_readings t),
    (select bit_xor(hash(t)) from boards t), (select bit_xor(hash(t)) from sources t),
    (select bit_xor(hash(t)) from company_tags t), (select bit_xor(hash(t)) from places_version t),
    (select bit_xor(hash(t)) from price_levels t), (select bit_xor(hash(t)) from countries t), (select bit_xor(hash(t)) from wide_areas t),
    -- the days on which each board was asked, whether it could be read, and what came of asking it last
    (select bit_xor(hash(t)) from (
        select distinct board_id, fetched_at::date, outcome in ('read', 'unchanged', 'empty') from fetches) t),
    (from (select hash(read, failed, skipped) from (
        select count(*) filter (outcome in ('read', 'unchanged', 'empty')) as read, count(*) filter (outcome = 'failed') as failed,
            count(*) filter (outcome = 'skipped') as skipped
        from (from fetches qualify row_number() over (partition by board_id order by fetched_at desc) = 1))))
))
