-- What is estimated of each track in every area that has openings: of all levels, early and senior. `area` is its key, the
-- same at every level.
select cell_key(scope_of(kind, country := country, region := region, city := city)) as area, e.*, c.name as country_name
from estimates e left join countries c using (country)
where e.kind <> 'company' and e.level in ('all', 'early', 'senior')
order by e.kind, country, e.region, e.city, e.level, list_position(tracks_in_order(), e.track)
