-- The lines to show for the sources whose postings are counted.
select distinct s.credit
from sources s join jobs j using (source)
where s.credit is not null and j.closed_on is null
order by s.credit
