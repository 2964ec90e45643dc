-- How often companies of one track, or of all six, name a skill in the last six months of threads and in the six before.
select * exclude (track) from skill_change where track = coalesce($track, 'all')
order by change desc, skill
