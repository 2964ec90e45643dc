-- Every company with a board or a posting.
select distinct company from (select company from boards union all select company from postings) order by company
