-- Only threads, which have stood every month in one form: boards show what is open since the first run, no more.
from months_in(scope_of('world'))
order by month_on, track
