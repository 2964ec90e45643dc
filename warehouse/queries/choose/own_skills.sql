-- How the openings of each track in an area fit someone who has $skills: how many of them name one, and how many a
-- third or more of those: openings list far more than one person has. Covered_share is the mean part of what an opening names that they have.
select track, count(posting_id) as with_skills, count(posting_id) filter (had > 0) as naming,
    count(posting_id) filter (3 * had >= named) as a_third, avg(had / named) as covered_share
from (select unnest(tracks_in_order()) as track) left join openings_asking($scope, $skills) using (track)
group by track order by covered_share desc nulls last, track
