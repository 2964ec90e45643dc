-- The texts of some postings, but of those that were sifted, each once, by the SHA-256 of the text.
select distinct sha256(text), text from postings where text is not null and posting_id in (select unnest($posting_ids))
