-- TRACKS in classifiers/tracks.py, in its order, and the levels of postings
create or replace macro tracks_in_order() as
    ['applied_llm', 'inference_serving', 'training', 'mlops_platform', 'research', 'safety_eval'];
comment on macro tracks_in_order is 'The six tracks, in their order';
create or replace macro levels_in_order() as ['early', 'senior', 'lead', 'unknown'];
comment on macro levels_in_order is 'The levels of postings, in their order';

-- What a question is about. A scope is a struct of these fields: kind (world, company, remote, wide_area, country, region
-- or city); company; countries, of a wide area, DE, or where it holds a region alone "US, Ohio"; country, region, city, latitude, longitude, within_km (kilometres around the
-- city); and what narrows it: level, is_remote, since and until (days of publication). A field that is null asks for nothing.
create or replace macro scope_of(
    kind, company := null, countries := null, country := null, region := null, city := null, latitude := null,
    longitude := null, within_km := null, level := null, is_remote := null, since := null, until := null
) as {
    'kind': kind, 'company': company, 'countries': countries, 'country': country, 'region': region, 'city': city,
    'latitude': latitude, 'longitude': longitude, 'within_km': within_km, 'level': level, 'is_remote': is_remote,
    'since': since, 'until': until
};
comment on macro scope_of is 'What a question is about, such as scope_of(''country'', country := ''DE'', level := ''senior''); kind is world, company, remote, country, region or city';

-- what a wide area holds: scope_of('wide_area', countries := countries_of('EMEA'))
create or replace macro countries_of(wide_area) as (
    select list(part order by part) from (select area as its_area, concat_ws(', ', country, region) as part from wide_areas) where its_area = wide_area);

-- a name as it is looked up in place_names: small letters, no accents, no punctuation
create or replace macro folded(name) as trim(regexp_replace(
    regexp_replace(
        replace(translate(lower(strip_accents(name)), 'łøđðı', 'loddi'), 'ß', 'ss'), '[.''’ʼ`]', '', 'g'),
    '[^\p{L}\p{M}\p{N}]+', ' ', 'g'));

-- great-circle distance (haversine) in kilometres, arguments in degrees
create or replace macro km_between(lat_a, lon_a, lat_b, lon_b) as
    12742 * asin(least(1, sqrt(
        pow(sin(radians(lat_b - lat_a) / 2), 2)
        + cos(radians(lat_a)) * cos(radians(lat_b)) * pow(sin(radians(lon_b - lon_a) / 2), 2))));
comment on macro km_between is 'Kilometres between two points in degrees, along the surface';

-- whether a place lies in the area of a scope: countries, a region, or a city with what lies within_km around it
create or replace macro lies_in(scope, country, region, city, latitude, longitude) as case scope['kind']
    when 'wide_area' then coalesce(list_has_any(scope['countries']::varchar[], [country, country || ', ' || region]), false)
    when 'country' then country = scope['country']
    when 'region' then country = scope['country'] and region = scope['region']
    when 'city' then (country = scope['country'] and city = scope['city'] and region is not distinct from scope['region'])
        or coalesce(
            km_between(scope['latitude'], scope['longitude'], latitude, longitude) <= scope['within_km'], false)
    else false end;
comment on macro lies_in is 'Whether a place lies in the area of a scope';

-- The jobs a scope is about, open or closed; or the postings, from the names of both tables: of one company, or with a
-- place inside an area.
create or replace macro in_scope(jobs_table, places_table, scope) as table
    select p.posting_id
    from query_table(jobs_table) p
    where case scope['kind']
            when 'world' then true
            when 'company' then p.company = scope['company']
            when 'remote' then p.is_remote
            else exists (
                select 1 from query_table(places_table) w
                where w.posting_id = p.posting_id
                    and lies_in(scope, w.country, w.region, w.city, w.latitude, w.longitude))
            end
        and (scope['level'] is null or p.seniority = scope['level'])
        and (scope['is_remote'] is null or p.is_remote = scope['is_remote'])
        and (scope['since'] is null or coalesce(p.posted_on, p.first_seen_on) >= scope['since'])
        and (scope['until'] is null or coalesce(p.posted_on, p.first_seen_on) <= scope['until']);
comment on macro table in_scope is 'The jobs a scope is about, open or closed; or the postings, from the names of both tables';

-- Whether a row is of the cell that a scope is: an area as far as its name reaches, or a company. Plain comparisons, a column
-- each, by which DuckDB skips the blocks of a sorted table that hold no such row; of a key made of all it sees only the first eight bytes.
-- Columns that rows of the kind leave null are not looked at: of a large cell that would take three times as long.
create or replace macro same(value, asked) as case when asked is null then value is null else value = asked end;
create or replace macro is_cell(scope, kind, company, country, region, city) as scope['within_km'] is null and kind = scope['kind']
    and (scope['kind'] <> 'company' or same(company, scope['company']))
    and (scope['kind'] not in ('country', 'region', 'city') or same(country, scope['country']))
    and (scope['kind'] not in ('region', 'city') or same(region, scope['region']))
    and (scope['kind'] <> 'city' or same(city, scope['city']));

-- the open jobs a scope is about
create or replace macro postings_in(scope) as table
    select posting_id from in_scope('jobs', 'job_places', scope) join jobs using (posting_id) where closed_on is null;
comment on macro table postings_in is 'The open jobs a scope is about: from open_tracks join postings_in(scope_of(''remote'')) using (posting_id)';

-- How far from a scope a place is for which pay is stated: 1 inside, 2 the region around, 3 the country around; null elsewhere.
create or replace macro how_far(scope, its_country, its_region, its_city, its_latitude, its_longitude) as case
    when lies_in(scope, its_country, its_region, its_city, its_latitude, its_longitude) then 1
    when scope['kind'] = 'country' or its_country is distinct from scope['country'] or its_city is not null then null
    when its_region = scope['region'] then 2
    when its_region is null then 3 end;

-- the yearly pay {low, high} in US dollars that a job states for an area: its ranges tied to a place inside;
-- where it has none, those tied to the region, then to the country around; else its own low and high, unless
-- it is one job of several postings, for those tell what each place pays
create or replace macro pay_in(of_posting, own_low, own_high, scope) as (
    with fit as (
        select pay_low_usd as low, pay_high_usd as high, is_of_several,
            how_far(scope, r.country, r.region, r.city, r.latitude, r.longitude) as far
        from (select * rename (posting_id as stated_by) from job_pay) r -- in a where, posting_id would be taken for the caller's
        where r.stated_by = of_posting and r.pay_low_usd is not null
    )
    select case
        when count(far) > 0 then {
            'low': min({'far': far, 'low': low}) filter (far is not null).low,
            'high': max({'near': -far, 'high': high}) filter (far is not null).high
        }
        when scope['kind'] in ('wide_area', 'country', 'region', 'city') and bool_or(is_of_several) then null
        else {'low': own_low, 'high': own_high} end
    from fit
);
comment on macro pay_in is 'The yearly pay {low, high} in US dollars that a job states for the area of a scope';

-- The openings a scope is about, of one track or all, each once, with how long they have stood. Only one of the two halves is ever read.
create or replace macro is_asked(scope, of_track, track, seniority, is_remote, published_on) as (of_track is null or track = of_track)
    and (scope['level'] is null or seniority = scope['level']) and (scope['is_remote'] is null or is_remote = scope['is_remote'])
    and (scope['since'] is null or published_on >= scope['since']) and (scope['until'] is null or published_on <= scope['until']);
create or replace macro openings_in(scope, of_track) as table
    select opening_no, days_open, is_posted_again
    from cell_openings o
    where is_cell(scope, o.kind, o.company, o.country, o.region, o.city)
        and is_asked(scope, of_track, o.track, o.seniority, o.is_remote, o.published_on)
    union all
    select distinct opening_no, days_open, is_posted_again
    from opening_places o
    where (scope['kind'] = 'wide_area' or scope['within_km'] is not null)
        and lies_in(scope, o.country, o.region, o.city, o.latitude, o.longitude)
        and is_asked(scope, of_track, o.track, o.seniority, o.is_remote, o.published_on);
comment on macro table openings_in is 'The openings a scope is about, of one track or, where it is null, of all: opening_no, each once, with days_open and is_posted_again';
