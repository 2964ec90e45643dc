select distinct p.country, p.region, p.city, p.latitude, p.longitude, opening_no, company, track, seniority, is_remote, published_on,
    days_open, is_posted_again
from (select *, unnest(named) as p from openings)
order by all
