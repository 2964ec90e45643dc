-- How many places the warehouse knows, of each kind.
select
    (select count(*) from gazetteer) as cities,
    (select count(*) from countries) as countries,
    (select count(*) from price_levels) as "price levels",
    (select count(*) from place_names) as names
