-- The cities with openings of the six tracks in each of $circles, the metropolitan areas.
select distinct circle.metro as metro, w.country, w.region, w.city
from (select unnest($circles) as circle) join job_places w
    on lies_in(circle.scope, w.country, w.region, w.city, w.latitude, w.longitude)
join open_tracks using (posting_id)
where w.city is not null
order by all
