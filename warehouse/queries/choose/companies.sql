-- Openings of each track at each company that has any.
select company, track, count(*) as postings from open_tracks group by all order by all
