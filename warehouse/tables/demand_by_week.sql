-- Without the threads of months before the first run, beside which the boards would seem to begin with a leap.
from weeks_in(scope_of('world'))
order by week_on, track
