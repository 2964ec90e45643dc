-- How the openings of each track in an area fit someone who has $skills: how many of them name one, and how many a
-- third or more of those: openings list far more than one person has. Covered_share is the mean part of what an opening names that they have.
with asking as materialized (
    select t.track, posting_id, count(*) as named, count(*) filter (skill in $skills) as had
    from open_tracks t join postings_in($scope) using (posting_id) join posting_skills using (posting_id)
    group by t.track, posting_id
)
select track, coalesce(count(posting_id), 0) as with_skills, count(posting_id) filter (had > 0) as naming,
    count(posting_id) filter (3 * had >= named) as a_third, avg(had / named) as covered_share
from (select unnest(tracks_in_order()) as track) left join asking using (track)
group by track order by covered_share desc nulls last, track
