-- How many of each company's openings of a track name one of the skills, of those with a word in the title, if one is asked for?
select t.track, t.company, count(n.posting_id) as postings, count(*) as of_postings
from open_tracks t join skill_readings using (posting_id) join postings p using (posting_id)
left join (select distinct posting_id from posting_skills where list_contains($skills, skill)) n using (posting_id)
where $titled is null or contains(lower(p.title), $titled)
group by t.track, t.company order by t.track, t.company
