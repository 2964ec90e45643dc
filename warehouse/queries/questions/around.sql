-- Each of the scopes in $chain by its name for people, with its openings of the six tracks, in their order.
select case when is_narrowed(scope) then 'the same' when scope['kind'] = 'world' then 'everywhere'
        else coalesce(scope['city'], scope['region'], c.name, scope['country'], scope['kind']) end as name,
    (select count(*) from open_tracks join postings_in(scope) using (posting_id)) as openings
from (select unnest($chain) as scope, unnest(range(len($chain))) as rung) left join countries c on c.country = scope['country']
qualify (name, openings) is distinct from lag((name, openings)) over (order by rung)  -- a region that is but its city
order by rung
