-- Staged: incoming_companies, whose lines are found anew. A line of some length under half of a company's jobs or more, of at
-- least two kinds, tells of the company. Threads are left out: there a company says the same of the same job every month; and so is
-- what was sifted, whose text nobody has.
delete from company_lines where company in (select company from incoming_companies);
insert into company_lines by name
with standing as (
    select p.company, p.posting_id, l.track, p.text, count(*) over (partition by p.company) as jobs
    from jobs p join labels l using (posting_id) semi join incoming_companies using (company)
    where p.text is not null and p.source not in (select source from sources where is_dated)
),
lines as (
    select company, jobs, track, unnest(list_distinct(string_split(text, chr(10)))) as line
    from standing where jobs >= 3 and company in (select company from open_tracks)
)
select company, line
from lines
where length(line) >= 40
group by company, line, jobs
having count(*) >= greatest(3, jobs / 2) and count(distinct track) > 1;
