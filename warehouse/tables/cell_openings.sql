select p.kind, p.company, p.country, p.region, p.city, track, opening_no, seniority, o.is_remote, published_on, days_open, is_posted_again
from placed_in('open_tracks') p join openings o using (posting_id)
order by all
