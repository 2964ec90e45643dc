-- How many of each company's openings of a track are at a company with one of the tags? Of companies with any tag.
select track, company, case when is_one then count(*) else 0 end as postings, count(*) as of_postings
from open_tracks join (
    select company, bool_or(list_contains($tags, tag)) as is_one from company_tags group by company
) using (company)
group by track, company, is_one order by track, company
