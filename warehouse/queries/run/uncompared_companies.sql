-- The companies whose postings are others than when they were compared last, by these $rules.
from (
    select p.company, md5(concat_ws(' ', $rules, bit_xor(hash(
        p.posting_id, p.title, p.raw_sha256, p.reading, p.sifted_sha256, p.first_seen_on, p.closed_on, p.company = b.company)))) as digest
    from postings p join boards b using (board_id)
    group by p.company
)
where (company, digest) not in (select (company, digest) from read_companies where reader = 'duplicates')
order by company
