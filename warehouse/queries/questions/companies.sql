-- Every company with a board or a posting.
select distinct company from (select company from boards union all select company from basis where kind = 'company') order by company
