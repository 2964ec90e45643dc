-- Some open postings, always the same ones, with how sure their label is.
select p.text, l.probability
from jobs p join labels l using (posting_id)
where p.closed_on is null
order by sha256(p.posting_id)
limit $most
