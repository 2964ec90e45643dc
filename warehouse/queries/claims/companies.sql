-- How many openings of each track has each company?
select track, company, count(*) as postings from open_tracks group by track, company order by track, company
