-- Open postings that the model is unsure of and that nobody else was asked about, those likeliest to be of a track first.
select p.posting_id, p.company, p.title, p.text, l.track, l.probability
from jobs p join labels l using (posting_id)
where p.closed_on is null and not l.is_sure and p.posting_id not in (select unnest($asked))
order by l.probabilities[7], p.posting_id
limit $most
