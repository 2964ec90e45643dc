-- Postings of $companies, of the six tracks, whose skills were not read from these words by this list, without the company's own lines.
with own as (
    select company, list(line) as lines from company_lines group by company
),
worded as (
    select p.posting_id, p.company, p.title || chr(10) || case when o.company is null then p.text else
        array_to_string(list_filter(string_split(p.text, chr(10)), lambda line: not list_contains(o.lines, line)), chr(10))
        end as words
    from postings p join labels l using (posting_id) left join own o using (company)
    where l.is_sure and l.track <> 'none' and p.company in (select unnest($companies))
)
select posting_id, company, words, sha256(words) as input_sha256
from worded w left join skill_readings r using (posting_id)
where r.posting_id is null or r.skills_version <> $skills_version or r.input_sha256 <> sha256(words)
