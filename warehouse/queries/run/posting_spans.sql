-- Every posting of $companies as it is compared with others, to find the same job seen twice.
select p.posting_id, p.company, p.title, coalesce(sha256(p.text), p.sifted_sha256) as text_sha256, coalesce(w.places, []) as places,
    p.first_seen_on as since, p.closed_on as until, p.company = b.company as is_own_board
from postings p join boards b using (board_id) left join (
    select posting_id, list(distinct place) as places
    from (
        select posting_id, unnest([city, region, country]) as place
        from posting_places semi join (from postings where company in (select unnest($companies))) using (posting_id)
    )
    where place is not null
    group by posting_id
) w using (posting_id)
where p.company in (select unnest($companies))
