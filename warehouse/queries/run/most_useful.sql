-- Open postings whose label would teach the model most: unsure ones, those of rare tracks first.
with open_labels as (
    select p.posting_id, p.company, p.title, p.text, l.track, l.probability,
        count(*) over (partition by l.track) / count(*) over () as share
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
)
select posting_id, company, title, text, track, probability
from open_labels
where posting_id not in (select unnest($labelled))
order by probability * pow(share, 0.25), posting_id
limit $most
