-- The companies whose jobs are others than when their skills were read last, by this list.
from (
    select p.company, md5(concat_ws(' ', $skills_version, bit_xor(hash(
        p.posting_id, p.title, p.raw_sha256, p.reading, p.sifted_sha256, l.track, l.is_sure, p.closed_on is null, d.same_as)))) as digest
    from postings p join labels l using (posting_id) left join duplicates d using (posting_id)
    group by p.company
)
where (company, digest) not in (select (company, digest) from read_companies where reader = 'skills')
order by company
