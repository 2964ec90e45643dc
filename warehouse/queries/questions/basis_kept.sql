-- The same where it is kept: narrowed by nothing.
select b.* exclude (cell, parent, kind, company, country, region, city, is_sample), w.with_pay as with_pay_anywhere,
    (select price_level from price_levels where country = $scope['country']) as price_level,
    (select max(year) from price_levels) as price_year, w.is_sample
from basis b join basis w on w.kind = 'world'
where b.cell = cell_key($scope) and $scope['within_km'] is null and not is_narrowed($scope)
