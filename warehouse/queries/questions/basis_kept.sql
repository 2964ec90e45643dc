-- The same where it is kept, narrowed by nothing; and what it lies in, from which its estimates borrow.
select b.* exclude (kind, company, country, region, city, is_sample, hires_in, unlisted_as), w.with_pay as with_pay_anywhere,
    (select price_level from price_levels where country = $scope['country']) as price_level,
    (select max(year) from price_levels) as price_year, w.is_sample
from basis b join basis w on w.kind = 'world'
where is_cell($scope, b.kind, b.company, b.country, b.region, b.city) and not is_narrowed($scope)
