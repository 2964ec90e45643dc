-- The company with the most open postings of the six tracks, for an example.
select company from open_tracks group by company order by count(*) desc, company limit 1
