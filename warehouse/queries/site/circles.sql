-- The metropolitan areas, given as parallel lists: each a circle around its main city, as a scope.
select metro, scope_of('city', country := country, region := region, city := city, latitude := latitude,
    longitude := longitude, within_km := km::double) as scope
from (
    select unnest($metros) as metro, unnest($cities) as city, unnest($countries) as country, unnest($kilometres) as km
) left join gazetteer using (city, country)
qualify row_number() over (partition by metro order by population desc nulls last) = 1
order by metro
