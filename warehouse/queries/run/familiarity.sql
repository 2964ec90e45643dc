-- How much of the words of open postings that it read the model knows and how sure it is: of all first, then of every source and board
-- of enough open postings, those that look least like what it learnt from first.
select
    case when grouping(p.source) = 1 then 'all' when grouping(p.board_id) = 1 then 'source' else 'board' end as kind,
    case when grouping(p.board_id) = 1 then p.source else concat(any_value(p.company), ' (', p.source, ')') end as name,
    count(*) as postings, avg(l.unknown_words) as unknown_words, avg(l.probability) as probability
from jobs p join labels l using (posting_id)
where p.closed_on is null and p.text is not null
group by grouping sets ((), (p.source), (p.source, p.board_id))
having grouping(p.source) = 1 or count(*) >= $least
order by kind <> 'all', unknown_words desc, name
