-- Rows beyond the first of any key.
select
    (select count(*) - count(distinct board_id) from boards)
    + (select count(*) - count(distinct (run_id, board_id)) from fetches)
    + (select count(*) - count(distinct posting_id) from postings)
    + (select count(*) - count(distinct (posting_id, place_no)) from posting_places)
    + (select count(*) - count(distinct (posting_id, pay_no)) from posting_pay)
    + (select count(*) - count(distinct (posting_id, changed_on)) from pay_changes)
    + (select count(*) - count(distinct posting_id) from labels)
    + (select count(*) - count(distinct posting_id) from duplicates)
    + (select count(*) - count(distinct model_version) from models)
    + (select count(*) - count(distinct (posting_id, skill)) from posting_skills) as doubled
