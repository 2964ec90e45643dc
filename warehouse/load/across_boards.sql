-- What no board tells by itself, once all are read; it comes to the same in whatever order and by however many runs they were.

-- a company that a board of many spells in other letters is called as its own board calls it, else as most postings spell it
update postings p
set company = k.company
from boards b, (
    select lower(company) as name, arg_min(company, (rank, -number, company)) as company
    from (
        select company, 1 as rank, count(*) as number from boards group by company
        union all select company, 2, count(*) from postings group by company
    )
    group by name
) k
where b.board_id = p.board_id and b.company <> p.company and lower(p.company) = k.name and p.company <> k.company;

-- of boards that were not read, what has run out is closed too, by the last day on which any was
update postings p
set closed_on = valid_through + 1, last_seen_on = least(last_seen_on, valid_through)
where closed_on is null and valid_through < (
    select max(fetched_at)::date from fetches where outcome in ('read', 'unchanged', 'empty') and loaded_run_id is not null
);
update postings p
set closed_on = last_seen_on + 30
where closed_on is null and source in (select source from sources where not lists_all) and last_seen_on + 30 < (
    select max(fetched_at)::date from fetches where outcome in ('read', 'unchanged', 'empty') and loaded_run_id is not null
);
