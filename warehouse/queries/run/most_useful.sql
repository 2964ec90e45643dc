-- Open postings whose label would teach the model most: those of boards it does not know the words of, the strangest board
-- first; in a board and of all others the unsure ones, those of rare tracks first.
with open_labels as (
    select p.posting_id, p.board_id, p.company, p.title, p.text, l.track, l.probability, l.unknown_words,
        count(*) over (partition by l.track) / count(*) over () as share
    from jobs p join labels l using (posting_id)
    where p.closed_on is null and p.text is not null
), strange_boards as (
    select board_id, avg(unknown_words) as strangeness
    from open_labels
    group by board_id
    having count(*) >= $fewest and avg(unknown_words) > $strange
)
select posting_id, company, title, text, track, probability
from open_labels left join strange_boards using (board_id)
where posting_id not in (select unnest($labelled))
order by strangeness desc nulls last, probability * pow(share, 0.25), posting_id
limit $most
