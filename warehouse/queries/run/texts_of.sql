-- Title and text of some postings.
select posting_id, company, title, text from postings where posting_id in (select unnest($posting_ids))
