-- The openings a scope is about, of one track or all: opening_no, each once. Only one of the two halves is ever read.
create or replace macro is_asked(scope, of_track, track, seniority, is_remote, published_on) as (of_track is null or track = of_track)
    and (scope['level'] is null or seniority = scope['level']) and (scope['is_remote'] is null or is_remote = scope['is_remote'])
    and (scope['since'] is null or published_on >= scope['since']) and (scope['until'] is null or published_on <= scope['until']);
create or replace macro openings_in(scope, of_track) as table
    select opening_no
    from cell_openings o
    where is_cell(scope, o.kind, o.company, o.country, o.region, o.city)
        and is_asked(scope, of_track, o.track, o.seniority, o.is_remote, o.published_on)
    union all
    select distinct opening_no
    from opening_places o
    where (scope['kind'] = 'wide_area' or scope['within_km'] is not null)
        and lies_in(scope, o.country, o.region, o.city, o.latitude, o.longitude)
        and is_asked(scope, of_track, o.track, o.seniority, o.is_remote, o.published_on);
comment on macro table openings_in is 'The openings a scope is about, of one track or, where it is null, of all: opening_no, each once';
