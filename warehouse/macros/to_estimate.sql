-- What estimates are made from. A cell is a scope that is estimated; it lies in another (parent_of), and so up to the world.

-- the price level of a country as a logarithm, where the United States are 0; the mean of all where it is not known
create or replace macro log_price(of_country) as coalesce(
    (select ln(l.price_level) from (select country as its_country, price_level from price_levels) l where l.its_country = of_country),
    (select avg(ln(price_level)) from price_levels), 0);

-- What each open job adds to the expected count of tracks: its probability, to four decimals, so that sums do not depend on
-- their order. Here alone labels become counts (probabilistic classify and count; Bella et al. 2010, ICDM).
create or replace view expected_tracks as
select posting_id, company, track, coalesce(seniority, 'unknown') as level, is_remote, pay_low_usd, pay_high_usd, is_counted,
    probability::decimal(18, 4) as expected
from (
    select p.*, t.track, l.is_sure and l.track = t.track as is_counted, l.probabilities[t.number] as probability
    from jobs p join labels l using (posting_id)
    cross join (select unnest(tracks_in_order()) as track, unnest(range(1, 7)) as number) t
    where p.closed_on is null
)
where is_counted or probability >= 0.0001;
comment on view expected_tracks is 'What each open job adds to the expected count of each track: the one place where labels become counts';
comment on column expected_tracks.is_counted is 'True for the track that the job is counted and listed as (open_tracks)';
comment on column expected_tracks.level is 'early, senior, lead or unknown';
comment on column expected_tracks.expected is 'How likely the job is of that track, 0 to 1';

-- the country that most of a company's openings name first
create or replace view company_countries as
select company, arg_max(country, (postings, country)) as country
from (
    select company, country, count(*) as postings
    from open_tracks join (
        select posting_id, arg_min(country, place_no) as country from posting_places where country is not null group by posting_id
    ) using (posting_id)
    group by company, country
)
group by company;
comment on view company_countries is 'The country that most of a company''s open jobs of the six tracks name first';

create or replace macro cell_key(scope) as concat_ws('|', scope['kind'], coalesce(scope['company'], ''),
    coalesce(scope['country'], ''), coalesce(scope['region'], ''), coalesce(scope['city'], ''), coalesce(scope['level'], ''));

create or replace macro is_narrowed(scope) as scope['level'] is not null or scope['is_remote'] is not null
    or scope['since'] is not null or scope['until'] is not null;
create or replace macro in_country(country) as
    scope_of(case when country is null then 'world' else 'country' end, country := country);
-- the country that an area of several of its regions lies in; null for any other scope
create or replace macro country_around(scope) as case when scope['kind'] = 'wide_area' and contains((scope['countries']::varchar[])[1], ',')
    then split_part((scope['countries']::varchar[])[1], ',', 1) end;
-- The scope that one lies in, null for the world: a narrowed one in the same that is not narrowed, a city in its region, a
-- circle around a city and an area of some regions in the country, a company among those of the country it hires in most, which is `hires_in`.
create or replace macro lies_within(scope, hires_in) as case
    when is_narrowed(scope)
        then scope_of(scope['kind'], company := scope['company'], countries := scope['countries'], country := scope['country'], region := scope['region'],
            city := scope['city'], latitude := scope['latitude'], longitude := scope['longitude'], within_km := scope['within_km'])
    when scope['kind'] = 'city' and scope['region'] is not null and scope['within_km'] is null
        then scope_of('region', country := scope['country'], region := scope['region'])
    when scope['kind'] in ('city', 'region') and scope['country'] is not null
        then scope_of('country', country := scope['country'])
    when country_around(scope) is not null then in_country(country_around(scope))
    when scope['kind'] = 'company' then in_country(hires_in)
    when scope['kind'] <> 'world' then scope_of('world') end;
create or replace macro parent_of(scope) as
    lies_within(scope, (select c.country from company_countries c where c.company = scope['company']::varchar));
-- the step by which a scope lies in that: what learns how far such scopes lie from theirs
create or replace macro step_of(scope) as case
    when scope['kind'] = 'remote' or scope['is_remote'] is not null then 'remote'
    when is_narrowed(scope) then 'narrowed'
    when country_around(scope) is not null then 'region'
    when scope['kind'] = 'wide_area' then 'country'
    when scope['kind'] = 'world' then '' else scope['kind'] end;

-- the logarithm of the middle of a range of pay, in millionths, so that sums do not depend on their order
create or replace macro log_of(pay) as round(1e6 * ln((pay['low'] + pay['high']) / 2))::bigint;

-- The members of cells, from the names of two tables: placed (cell, posting_id) and cells (cell, scope). What a job pays for a
-- scope is asked once, and only of those that are counted as a track.
create or replace macro members_of(placed, cells) as table
with standing as materialized (
    select c.cell, p.posting_id, c.scope from query_table(placed) p join query_table(cells) c on c.cell = p.cell
),
paid as (
    select cell, posting_id, track, pay_in(posting_id, pay_low_usd, pay_high_usd, scope) as pay
    from standing join open_tracks using (posting_id)
)
select s.cell, t.*, pay
from standing s join expected_tracks t using (posting_id)
left join paid p on p.cell = s.cell and p.posting_id = s.posting_id and p.track = t.track;
comment on macro table members_of is 'What stands in cells, with its pay there: placed and cells name tables';

-- What stands in cells, and in what they lie in without what stands in the cell itself, from the names of two tables:
-- members (cell, posting_id, company, track, level, is_counted, is_remote, expected, pay) and cells (cell, scope, parent, parent_scope, step).
-- Pay is that of the track a job is counted as. Rows of four parts: 'cell'; 'track', the cell's own of a track, with what is counted of them; 'own' and 'rest' by track and level. Squares sum over companies
-- the square of their postings; 0 in a company's own cell, where it is the postings that are drawn.
create or replace macro rungs_of(members, cells) as table
with inside as materialized (
    select *, case when is_counted then log_of(pay) end as log_pay from query_table(members)
),
lies as materialized (
    from query_table(cells)
),
-- two steps, each a join of two, for DuckDB cannot know how large these are and would compare every two cells of a job
within as materialized (
    select c.cell, l.parent, c.posting_id, c.track from inside c join lies l on l.cell = c.cell where l.parent is not null
),
shared as materialized (
    select w.cell, w.parent, p.company, p.track, p.level, p.is_counted, p.expected, p.log_pay
    from within w join inside p on p.cell = w.parent and p.posting_id = w.posting_id and p.track = w.track
),
sized as materialized (
    select cell, company, sum(expected)::decimal(18, 4) as n, count(*) filter (is_counted) as postings, count(log_pay) as stated
    from inside group by cell, company
),
squared as (
    select cell, sum(n * n)::double as squares, sum(postings ** 2) as counted_squares, sum(stated ** 2) as stated_squares from sized group by cell
),
lost as (
    select s.cell, sum((2 * z.n - s.n) * s.n)::double as squares,
        sum(z.postings ** 2 - (z.postings - s.postings) ** 2) as counted_squares, sum(z.stated ** 2 - (z.stated - s.stated) ** 2) as stated_squares
    from (
        select cell, parent, company, sum(expected)::decimal(18, 4) as n, count(*) filter (is_counted) as postings,
            count(log_pay) as stated
        from shared group by all
    ) s join sized z on z.cell = s.parent and z.company = s.company
    group by s.cell
),
counted as (
    select cell, track, level, count(*) filter (is_counted) as postings, sum(expected) as expected, count(log_pay) as stated,
        coalesce(sum(log_pay), 0) as logs
    from inside group by cell, track, level
),
counted_shared as (
    select cell, track, level, count(*) filter (is_counted) as postings, sum(expected) as expected, count(log_pay) as stated,
        coalesce(sum(log_pay), 0) as logs
    from shared group by cell, track, level
),
by_track as (
    select t.cell, track, count(*) as companies, sum(t.stated ** 2) as stated_squares,
        sum((z.stated - t.stated) ** 2 - z.stated ** 2) as other_squares
    from (
        select cell, company, track, count(log_pay) as stated from inside where is_counted group by all
    ) t join sized z on z.cell = t.cell and z.company = t.company
    group by t.cell, track
),
facts as (
    select cell, track, median(log_pay) as middle, count(*) filter (level = 'early') as early,
        count(*) filter (level = 'senior') as senior, count(*) filter (level = 'lead') as lead,
        count(*) filter (level = 'unknown') as unknown_level, count(*) filter (is_remote) as remote,
        min(pay['low']) as pay_least_usd, max(pay['high']) as pay_most_usd
    from inside where is_counted group by cell, track
)
select 'cell' as part, l.cell, l.scope, l.parent, l.step, l.parent_scope, null as track, null as level, null::bigint as postings,
    null::bigint as companies, null::double as expected, null::bigint as stated, null::double as logs,
    case when scope['kind'] = 'company' then 0 else coalesce(q.squares, 0) end as squares,
    case when scope['kind'] = 'company' then 0 else coalesce(q.counted_squares, 0) end as counted_squares,
    case when scope['kind'] = 'company' then 0 else coalesce(q.stated_squares, 0) end as stated_squares,
    null::double as other_squares, null::double as middle,
    coalesce(p.squares - coalesce(o.squares, 0), 0) as rest_squares,
    coalesce(p.counted_squares - coalesce(o.counted_squares, 0), 0) as rest_counted_squares,
    coalesce(p.stated_squares - coalesce(o.stated_squares, 0), 0) as rest_stated_squares,
    case when l.step = 'country' then log_price(scope['country']::varchar) else 0 end as log_price
from lies l left join squared q on q.cell = l.cell left join squared p on p.cell = l.parent left join lost o on o.cell = l.cell
union all by name
select 'track' as part, l.cell, t.track, companies, middle, early, senior, lead, unknown_level, remote, pay_least_usd,
    pay_most_usd, case when scope['kind'] = 'company' then 0 else t.stated_squares end as stated_squares,
    case when scope['kind'] = 'company' then 0 else q.stated_squares + other_squares end as other_squares
from lies l join by_track t using (cell) join squared q on q.cell = l.cell
join facts f on f.cell = t.cell and f.track = t.track
union all by name
select 'own' as part, l.cell, track, level, postings, expected::double as expected, stated, logs
from lies l join counted using (cell)
union all by name
select 'rest' as part, l.cell, p.track, p.level, p.postings - coalesce(s.postings, 0) as postings,
    (p.expected - coalesce(s.expected, 0))::double as expected,
    p.stated - coalesce(s.stated, 0) as stated, p.logs - coalesce(s.logs, 0) as logs
from lies l join counted p on p.cell = l.parent
left join counted_shared s on s.cell = l.cell and s.track = p.track and s.level is not distinct from p.level
where p.expected > coalesce(s.expected, 0);
comment on macro table rungs_of is 'What stands in cells, and in what they lie in without that: members and cells name tables';

-- Every cell that estimates are kept of and what stands in it, of the jobs of a table or view (posting_id, company, is_remote).
create or replace macro placed_in(members) as table
with chosen as (
    select posting_id, company, is_remote from query_table(members)
),
placed as (
    select country, region, city, posting_id from job_places semi join chosen using (posting_id)
)
select 'world' as kind, null as company, null as country, null as region, null as city, posting_id from chosen
union
select 'remote', null, null, null, null, posting_id from chosen where is_remote
union
select 'company', company, null, null, null, posting_id from chosen
union
select 'country', null, country, null, null, posting_id from placed where country is not null
union
select 'region', null, country, region, null, posting_id from placed where region is not null
union
select 'city', null, country, region, city, posting_id from placed where city is not null;
comment on macro table placed_in is 'Every cell that estimates are kept of and the jobs in it; members names a table or view (posting_id, company, is_remote)';
