-- The city with the most open postings of the six tracks, for an example.
select city from job_places join open_tracks using (posting_id)
where city is not null group by city order by count(distinct posting_id) desc, city limit 1
