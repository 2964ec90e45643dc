-- The texts of some postings, each once, by the SHA-256 of the text.
select distinct sha256(text), text from postings where posting_id in (select unnest($posting_ids))
