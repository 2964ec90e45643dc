-- What is estimated of each track at every company that has openings.
from estimates where kind = 'company' order by company, list_position(tracks_in_order(), track)
