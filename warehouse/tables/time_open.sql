from open_time_in(scope_of('world'))
order by track
