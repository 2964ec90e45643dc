-- How many of each company's openings of a track, whose level is told, are of a level?
select track, company, count(*) filter (seniority = $level) as postings, count(*) as of_postings
from open_tracks where seniority <> 'unknown'
group by track, company order by track, company
