-- The estimates that are kept of a scope: none where it is narrowed by more than a level, or reaches around a city.
select e.* from estimates e
where is_cell($scope, e.kind, e.company, e.country, e.region, e.city) and e.level = coalesce($scope['level'], 'all')
    and $scope['is_remote'] is null and $scope['since'] is null and $scope['until'] is null
order by list_position(tracks_in_order(), e.track)
