-- What is kept of a track in a scope, of all levels together and of each; none where the scope is narrowed, or reaches around a city.
select * from estimates e
where is_cell($scope, e.kind, e.company, e.country, e.region, e.city) and track = $track and not is_narrowed($scope)
