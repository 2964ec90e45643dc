-- The companies whose board is read, and that have no open posting.
select distinct b.company
from boards b join sources s using (source)
where b.is_listed and not s.is_dated and b.company not in (select company from jobs where closed_on is null)
order by b.company
