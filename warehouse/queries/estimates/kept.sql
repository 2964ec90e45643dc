-- The estimates that are kept of a scope: none where it is narrowed by more than a level, or reaches around a city.
select e.* from estimates e
where e.kind = $scope['kind'] and e.company is not distinct from $scope['company']
    and e.country is not distinct from $scope['country'] and e.region is not distinct from $scope['region']
    and e.city is not distinct from $scope['city'] and e.level = coalesce($scope['level'], 'all')
    and $scope['within_km'] is null and $scope['is_remote'] is null and $scope['since'] is null and $scope['until'] is null
order by list_position(tracks_in_order(), e.track)
