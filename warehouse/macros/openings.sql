-- The openings a scope is about, of one track or all: opening_no, each once. Only one of the two halves is ever read.
create or replace macro openings_in(scope, of_track) as table
    select opening_no
    from openings o
    where scope['kind'] in ('world', 'company', 'remote') and (scope['kind'] <> 'company' or o.company = scope['company'])
        and (scope['kind'] <> 'remote' or o.is_remote) and (of_track is null or o.track = of_track)
        and (scope['level'] is null or o.seniority = scope['level'])
        and (scope['is_remote'] is null or o.is_remote = scope['is_remote'])
        and (scope['since'] is null or o.published_on >= scope['since'])
        and (scope['until'] is null or o.published_on <= scope['until'])
    union all
    select distinct opening_no
    from opening_places o
    where scope['kind'] not in ('world', 'company', 'remote')
        and lies_in(scope, o.country, o.region, o.city, o.latitude, o.longitude) and (of_track is null or o.track = of_track)
        and (scope['level'] is null or o.seniority = scope['level'])
        and (scope['is_remote'] is null or o.is_remote = scope['is_remote'])
        and (scope['since'] is null or o.published_on >= scope['since'])
        and (scope['until'] is null or o.published_on <= scope['until']);
comment on macro table openings_in is 'The openings a scope is about, of one track or, where it is null, of all: opening_no, each once';
