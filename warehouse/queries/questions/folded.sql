-- Names as they are looked up in place_names, in their order.
select folded(name) from (select unnest($names::varchar[]) as name)
