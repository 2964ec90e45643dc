-- Every table of the warehouse, once, with a comment on each table and column.
-- No primary keys, indexes or sequences: the same SQL runs on a shared DuckLake. Keys are kept
-- by MERGE and proved by asset checks.

create table if not exists boards (
    board_id varchar, company varchar, source varchar, token varchar, is_sample boolean, is_listed boolean
);
comment on table boards is 'Every board a run has ever been told to read';
comment on column boards.board_id is 'Key: source/token, the token in lower case';
comment on column boards.company is 'The company whose board it is';
comment on column boards.source is 'The kind of job board: greenhouse, lever, ashby, ...';
comment on column boards.token is 'The board''s name at its source';
comment on column boards.is_sample is 'True for the invented companies of the bundled sample market';
comment on column boards.is_listed is 'False where the last run''s registry no longer lists it';

create table if not exists sources (
    source varchar, title varchar, lists_all boolean, is_dated boolean, credit varchar
);
comment on table sources is 'The kinds of job board that this version reads';
comment on column sources.source is 'Key: the source''s name here';
comment on column sources.title is 'Its name for people';
comment on column sources.lists_all is 'True where a board lists every open posting it has, so that a missing one has closed';
comment on column sources.is_dated is 'True where postings stand from their date on, so that an old payload tells what was open then';
comment on column sources.credit is 'The line its terms ask to show wherever its postings are used';

create table if not exists fetches (
    run_id varchar, board_id varchar, fetched_at timestamp, outcome varchar, http_status integer,
    bytes bigint, seconds double, error varchar, etag varchar, last_modified varchar,
    payload_sha256 varchar, snapshot varchar, loaded_run_id varchar,
    postings integer, rejected integer, opened integer, changed integer, closed integer
);
comment on table fetches is 'One row a board a run: what reading it came to';
comment on column fetches.run_id is 'The run that fetched; with board_id the key';
comment on column fetches.board_id is 'The board that was asked';
comment on column fetches.fetched_at is 'When it was asked (UTC)';
comment on column fetches.outcome is 'fetched (not yet read), read, unchanged, empty (read, no postings), failed, skipped (its source is not built)';
comment on column fetches.http_status is 'The last HTTP status, null where no answer came';
comment on column fetches.bytes is 'Bytes of body received, decompressed';
comment on column fetches.seconds is 'Seconds from asking to the whole answer, waiting included';
comment on column fetches.error is 'Why it failed or was skipped; for empty, what happens to its postings';
comment on column fetches.etag is 'The answer''s ETag, sent back next time';
comment on column fetches.last_modified is 'The answer''s Last-Modified, sent back next time';
comment on column fetches.payload_sha256 is 'SHA-256 of the payload';
comment on column fetches.snapshot is 'Where the payload is kept, relative to the home folder';
comment on column fetches.loaded_run_id is 'The run that brought it into postings; null while that is still to be done';
comment on column fetches.postings is 'Postings on the board as read';
comment on column fetches.rejected is 'Postings that could not be read (see rejects)';
comment on column fetches.opened is 'Postings seen for the first time, or again after they had closed';
comment on column fetches.changed is 'Postings whose words, places or pay changed';
comment on column fetches.closed is 'Open postings that the board no longer lists';

create table if not exists postings (
    posting_id varchar, board_id varchar, source varchar, company varchar, title varchar, url varchar,
    text varchar, department varchar, employment_type varchar, workplace varchar, is_remote boolean,
    remote_area varchar,
    posted_on date, valid_through date, pay_low double, pay_high double, pay_currency varchar, pay_period varchar,
    pay_low_usd double, pay_high_usd double, pay_rate_on date, seniority varchar, is_sample boolean,
    raw_sha256 varchar, reading integer, first_seen_on date, last_seen_on date, closed_on date
);
comment on table postings is 'Every posting ever read, as last seen, open or closed';
comment on column postings.posting_id is 'Key: board_id/the posting''s own id at its source';
comment on column postings.board_id is 'The board it stands on';
comment on column postings.source is 'The kind of job board';
comment on column postings.company is 'The company that hires';
comment on column postings.title is 'Its title, blanks trimmed';
comment on column postings.url is 'Where to read and apply';
comment on column postings.text is 'Its description as plain text';
comment on column postings.department is 'The department or team it names';
comment on column postings.employment_type is 'Full time, contract, internship: in the board''s words';
comment on column postings.workplace is 'onsite, hybrid or remote; null where the board does not say';
comment on column postings.is_remote is 'Whether it can be done remotely; null where the board does not say';
alter table postings add column if not exists remote_area varchar;
comment on column postings.remote_area is 'Areas wider than a country that a remote job is open to, as written, such as EMEA; null where none is named';
alter table postings add column if not exists valid_through date;
comment on column postings.valid_through is 'The last day it is open, where its board says so';
comment on column postings.posted_on is 'The day its board says it was published';
comment on column postings.pay_low is 'Lowest base pay stated, in pay_currency per pay_period';
comment on column postings.pay_high is 'Highest base pay stated, in pay_currency per pay_period';
comment on column postings.pay_currency is 'ISO 4217 code; null where it could not be told';
comment on column postings.pay_period is 'hour, day, week, month or year';
comment on column postings.pay_low_usd is 'pay_low per year in US dollars; null without pay, rate or plausibility';
comment on column postings.pay_high_usd is 'pay_high per year in US dollars; null without pay, rate or plausibility';
comment on column postings.pay_rate_on is 'The day of the European Central Bank rate used';
comment on column postings.seniority is 'early, senior, lead or unknown';
comment on column postings.is_sample is 'True for postings of the bundled sample market';
comment on column postings.raw_sha256 is 'SHA-256 of the posting as its board wrote it';
comment on column postings.reading is 'Version of the reading rules that made this row';
comment on column postings.first_seen_on is 'The first day a run saw it';
comment on column postings.last_seen_on is 'The last day a run saw it';
comment on column postings.closed_on is 'The day its board was first read without it; null while open';

create table if not exists posting_places (
    posting_id varchar, place_no integer, city varchar, region varchar, country varchar,
    latitude double, longitude double
);
comment on table posting_places is 'Every place a posting names; one row a place';
comment on column posting_places.posting_id is 'The posting; with place_no the key';
comment on column posting_places.place_no is 'Order in the posting, from 1';
comment on column posting_places.city is 'City, in the gazetteer''s spelling';
comment on column posting_places.region is 'First-level region: state, province, land';
comment on column posting_places.country is 'ISO 3166-1 alpha-2 code';
comment on column posting_places.latitude is 'Degrees north of the city';
comment on column posting_places.longitude is 'Degrees east of the city';

create table if not exists posting_pay (
    posting_id varchar, pay_no integer, tied_to varchar, city varchar, region varchar, country varchar,
    latitude double, longitude double, level varchar, pay_low double, pay_high double, pay_currency varchar,
    pay_period varchar, pay_low_usd double, pay_high_usd double
);
comment on table posting_pay is 'Every distinct range of base pay a posting states; one tied to several places has a row for each';
comment on column posting_pay.posting_id is 'The posting; with pay_no the key';
comment on column posting_pay.pay_no is 'Order in the posting, from 1';
comment on column posting_pay.tied_to is 'The words that say for which place or level the range is, as written; null where none do';
comment on column posting_pay.city is 'City that these words mean, in the gazetteer''s spelling';
comment on column posting_pay.region is 'First-level region that these words mean';
comment on column posting_pay.country is 'ISO 3166-1 alpha-2 code of the country that these words mean';
comment on column posting_pay.latitude is 'Degrees north of the city';
comment on column posting_pay.longitude is 'Degrees east of the city';
comment on column posting_pay.level is 'early, senior or lead, where these words are such a level';
comment on column posting_pay.pay_low is 'Lowest base pay of the range, in pay_currency per pay_period';
comment on column posting_pay.pay_high is 'Highest base pay of the range, in pay_currency per pay_period';
comment on column posting_pay.pay_currency is 'ISO 4217 code; null where it could not be told';
comment on column posting_pay.pay_period is 'hour, day, week, month or year';
comment on column posting_pay.pay_low_usd is 'pay_low per year in US dollars; null without rate or plausibility';
comment on column posting_pay.pay_high_usd is 'pay_high per year in US dollars; null without rate or plausibility';

create table if not exists labels (
    posting_id varchar, track varchar, probability double, second varchar, is_sure boolean,
    terms varchar, model_version varchar, input_sha256 varchar
);
comment on table labels is 'The track of every posting, as the model judged it';
comment on column labels.posting_id is 'Key: the posting';
comment on column labels.track is 'The likeliest of the six tracks, or none';
comment on column labels.probability is 'Calibrated probability of that track, 0 to 1';
comment on column labels.second is 'The next likeliest, where it could be that one too';
comment on column labels.is_sure is 'False where the probability is under the threshold for abstaining: shown as unsure, in no track''s count';
comment on column labels.terms is 'The terms that decided for the track, strongest first';
comment on column labels.model_version is 'The model that judged';
comment on column labels.input_sha256 is 'SHA-256 of the title and text that were judged';

create table if not exists confusion (
    track varchar, predicted varchar, postings integer, share double, worth double, weight double, alike double
);
comment on table confusion is 'What the model that labelled made of held-out postings in doubt, by the label of their reader, and what corrects counts for it';
comment on column confusion.track is 'The label by the reader: one of the six tracks, or none; with predicted the key';
comment on column confusion.predicted is 'The likeliest label by the model';
comment on column confusion.postings is 'Held-out postings';
comment on column confusion.share is 'Part of the track''s postings that get this label, 0 to 1; a seventh of a posting is added to each cell';
comment on column confusion.worth is 'How many postings drawn one by one tell as much as the track''s held-out ones, for those of a company are alike';
comment on column confusion.weight is 'What a posting with this label adds to the corrected count of the track; may be negative';
comment on column confusion.alike is 'How alike the labels of a company''s postings of a track are (intraclass correlation), 0 to 1; the same on every row';

-- postings that are not corrected: held-out ones like these are none of the six but for two in 214, and boards have any
-- number of them (CLEARLY_NONE_FROM in classifiers/confusion.py)
create or replace macro is_clearly_none(track, probability) as track = 'none' and probability >= 0.9;
create or replace view expected_counts as
select l.posting_id, c.track, c.weight as expected
from labels l join confusion c on c.predicted = l.track
where not is_clearly_none(l.track, l.probability)
union all
select posting_id, track, 1 from labels where is_clearly_none(track, probability);
comment on view expected_counts is 'What each posting adds to the count of each track and of none, corrected for the model''s known confusions: sum it over any postings';
comment on column expected_counts.expected is 'Weight of the posting''s label for the track, may be negative; 1 for what is clearly none; sums to 1 over a posting';

create table if not exists duplicates (posting_id varchar, same_as varchar, reason varchar, alike double);
comment on table duplicates is 'Postings that are the same job as another one: two boards, one posting per city, posted again under a new id';
comment on column duplicates.posting_id is 'Key: the posting that is not counted by itself';
comment on column duplicates.same_as is 'The posting that stands for the job';
comment on column duplicates.reason is 'exact: same company, title and text; near: same company and title, texts alike';
comment on column duplicates.alike is 'Share of the three-word sequences of both texts that they have in common, 0 to 1';

create table if not exists skills (skill varchar, field varchar);
comment on table skills is 'The tools and skills that are looked for in postings, a list written by hand';
comment on column skills.skill is 'Key: its name';
comment on column skills.field is 'What it belongs to: languages, models, serving, statistics, ...';

create table if not exists company_lines (company varchar, line varchar);
comment on table company_lines is 'Lines that a company puts under its jobs whatever they are: they tell of the company, no skill is read from them';
comment on column company_lines.company is 'The company; with line the key';
comment on column company_lines.line is 'The line, word for word';

create table if not exists skill_readings (posting_id varchar, skills_version varchar, input_sha256 varchar);
comment on table skill_readings is 'The postings of the six tracks whose skills were read';
comment on column skill_readings.posting_id is 'Key: the posting';
comment on column skill_readings.skills_version is 'The list and rules it was read with';
comment on column skill_readings.input_sha256 is 'SHA-256 of the words that were read: title and text, without the company''s own lines';

create table if not exists posting_skills (posting_id varchar, skill varchar);
comment on table posting_skills is 'The skills that postings of the six tracks name';
comment on column posting_skills.posting_id is 'The posting; with skill the key';
comment on column posting_skills.skill is 'A skill it names';

create table if not exists rejects (
    board_id varchar, native_id varchar, reason varchar, run_id varchar
);
comment on table rejects is 'What each board lists that could not be read, as of its last reading';
comment on column rejects.board_id is 'The board';
comment on column rejects.native_id is 'The posting''s id at its source, where it had one';
comment on column rejects.reason is 'Why it could not be read';
comment on column rejects.run_id is 'The run that read it';

create table if not exists gazetteer (
    city varchar, region varchar, country varchar, latitude double, longitude double, population bigint
);
comment on table gazetteer is 'The cities a question may name (GeoNames, CC BY 4.0; 5,000 inhabitants and more)';
comment on column gazetteer.city is 'City';
comment on column gazetteer.region is 'First-level region';
comment on column gazetteer.country is 'ISO 3166-1 alpha-2 code';
comment on column gazetteer.latitude is 'Degrees north';
comment on column gazetteer.longitude is 'Degrees east';
comment on column gazetteer.population is 'Inhabitants';

create table if not exists countries (country varchar, name varchar);
comment on table countries is 'Names of countries (ISO 3166)';
comment on column countries.country is 'ISO 3166-1 alpha-2 code';
comment on column countries.name is 'Its English name';


create table if not exists price_levels (country varchar, year integer, price_level double);
comment on table price_levels is 'How dear countries are (World Bank PA.NUS.PPP, CC BY 4.0, over the European Central Bank''s mean rate of that year)';
comment on column price_levels.country is 'ISO 3166-1 alpha-2 code';
comment on column price_levels.year is 'The year of the purchasing power and of the rate';
comment on column price_levels.price_level is 'Local prices, in US dollars at that rate, where the United States are 1';

create or replace view jobs as
select p.* exclude (first_seen_on, last_seen_on, closed_on, is_remote), seen.* exclude (posting_id)
from postings p join (
    select coalesce(d.same_as, p.posting_id) as posting_id, bool_or(p.is_remote) as is_remote,
        min(p.first_seen_on) as first_seen_on, max(p.last_seen_on) as last_seen_on,
        case when count(p.closed_on) = count(*) then max(p.closed_on) end as closed_on
    from postings p left join duplicates d using (posting_id)
    group by 1
) seen using (posting_id);
comment on view jobs is 'Every job once: its postings seen as one, open from the first that opened until the last has closed';

create or replace view job_places as
select distinct coalesce(d.same_as, w.posting_id) as posting_id, city, region, country, latitude, longitude
from posting_places w left join duplicates d using (posting_id);
comment on view job_places is 'Every place that a job''s postings name; one row a place';

create or replace view job_pay as
with of_several as (select distinct same_as as job_id from duplicates)
select coalesce(d.same_as, r.posting_id) as posting_id, s.job_id is not null as is_of_several, r.tied_to, r.level,
    case when r.country is null then w.city else r.city end as city,
    case when r.country is null then w.region else r.region end as region,
    coalesce(r.country, w.country) as country,
    case when r.country is null then w.latitude else r.latitude end as latitude,
    case when r.country is null then w.longitude else r.longitude end as longitude,
    r.pay_low, r.pay_high, r.pay_currency, r.pay_period, r.pay_low_usd, r.pay_high_usd
from posting_pay r
left join duplicates d using (posting_id)
left join of_several s on s.job_id = coalesce(d.same_as, r.posting_id)
left join posting_places w on w.posting_id = r.posting_id and s.job_id is not null and r.country is null;
comment on view job_pay is 'Every range of pay of a job; of one job of several postings, a range tied to no place counts for its posting''s places';

comment on column job_pay.is_of_several is 'True where the job stands in several postings, each with pay of its own';

create or replace view open_tracks as
select p.posting_id, p.company, p.seniority, p.is_remote, p.pay_low_usd, p.pay_high_usd, l.track, p.is_sample
from jobs p join labels l using (posting_id)
where p.closed_on is null and l.is_sure and l.track <> 'none';
comment on view open_tracks is 'The open jobs that are surely of one of the six tracks: what every count of tracks counts';

create or replace view posting_areas as
select 'world' as area_kind, null as country, null as region, posting_id from jobs
union all
select 'remote', null, null, posting_id from jobs where is_remote
union
select 'country', country, null, posting_id from job_places where country is not null
union
select 'region', country, region, posting_id from job_places where region is not null;
comment on view posting_areas is 'Every area a job belongs to, once each: the world, remote, its countries, its regions';

-- 95 % interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22:209), null of nothing
create or replace macro share_low(k, n) as case when n > 0 then
    greatest(0, (k + 1.9208 - 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8416)) end;
create or replace macro share_high(k, n) as case when n > 0 then
    least(1, (k + 1.9208 + 1.96 * sqrt(k * (n - k) / n + 0.9604)) / (n + 3.8416)) end;
-- the normal quantile of intervals that hold together at 95 %, for so many comparisons (Bonferroni)
create or replace macro z_together(comparisons) as case comparisons
    when 1 then 1.9600 when 2 then 2.2414 when 3 then 2.3940 when 5 then 2.5758 when 6 then 2.6383
    when 15 then 2.9352 end;
-- Student's quantile from the normal one (Abramowitz and Stegun 26.7.5): within 0.01 from 9 degrees of freedom on
create or replace macro t_of(z, freedom) as z + (z ** 3 + z) / (4 * freedom)
    + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
    + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
-- Wilson's limits of a share p of n, for any z
create or replace macro wilson_low(p, n, z) as case when n > 0 then greatest(0,
    (p + z * z / (2 * n) - z * sqrt(greatest(p * (1 - p), 0) / n + z * z / (4 * n * n))) / (1 + z * z / n)) end;
create or replace macro wilson_high(p, n, z) as case when n > 0 then least(1,
    (p + z * z / (2 * n) + z * sqrt(greatest(p * (1 - p), 0) / n + z * z / (4 * n * n))) / (1 + z * z / n)) end;
-- how many independent postings tell as much of a share as these: an aggregate over companies that have k of n each,
-- their number over the design effect (Kish 1965), which is at least 1; where no or every posting is of the share,
-- as if each company were of one kind
create or replace macro effective_postings(k, n) as sum(n) / greatest(1, case
    when count(*) = 1 or sum(k) in (0, sum(n)) then sum(n * n) / sum(n)
    else count(*) / (count(*) - 1) * (sum(k * k) - 2 * sum(k) / sum(n) * sum(k * n) + (sum(k) / sum(n)) ** 2 * sum(n * n))
        / (sum(k) * (1 - sum(k) / sum(n))) end);
-- limits of a - b from the limits of both (MOVER; Zou and Donner 2008, Stat. Med. 27:1693)
create or replace macro less_low(a, a_low, b, b_high) as a - b - sqrt((a - a_low) ** 2 + (b_high - b) ** 2);
create or replace macro less_high(a, a_high, b, b_low) as a - b + sqrt((a_high - a) ** 2 + (b - b_low) ** 2);
-- fewer postings of a track than this are no share of skills
create or replace macro least_postings() as 20;
-- how many postings drawn one by one would tell as much as n of several companies, k of which name a skill, for
-- postings of a company are alike: by leaving out one company at a time (jackknife; Rust and Rao 1996, Stat. Methods
-- Med. Res. 5:283). Of each company with its own k and n: kk sums k * k, kn sums k * n and nn sums n * n, each divided
-- by the square of all n without the company's. Where all name it, each company counts as one posting.
create or replace macro effective_size(k, n, companies, kk, kn, nn) as least(n, coalesce(
    nullif(k / n * (1 - k / n), 0)
        / nullif((companies - 1) / companies * (kk - 2 * kn * k / n + nn * k * k / (n * n)), 0),
    companies));
create or replace macro log_choose(n, k) as lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
-- the chance that of n drawn from all_n, all_k of which name a skill, k or more name it (Fisher's exact test)
create or replace macro chance_of_more(k, n, all_k, all_n) as list_sum(list_transform(
    range(greatest(k, n + all_k - all_n), least(n, all_k) + 1),
    lambda x: exp(log_choose(all_k, x) + log_choose(all_n - all_k, n - x) - log_choose(all_n, n))));
-- great-circle distance (haversine) in kilometres, arguments in degrees
create or replace macro km_between(lat_a, lon_a, lat_b, lon_b) as
    12742 * asin(least(1, sqrt(
        pow(sin(radians(lat_b - lat_a) / 2), 2)
        + cos(radians(lat_a)) * cos(radians(lat_b)) * pow(sin(radians(lon_b - lon_a) / 2), 2))));
-- whether a place lies in an area: a country, a region, or a city with what lies within_km around it
create or replace macro lies_in(
    kind, a_country, a_region, a_city, lat, lon, within_km, country, region, city, latitude, longitude
) as case kind
    when 'country' then country = a_country
    when 'region' then country = a_country and region = a_region
    when 'city' then (country = a_country and city = a_city and region is not distinct from a_region)
        or coalesce(km_between(lat, lon, latitude, longitude) <= within_km, false)
    else false end;
-- the yearly pay {low, high} in US dollars that a job states for an area: its ranges tied to a place inside;
-- where it has none, those tied to the region, then to the country around; else its own low and high, unless
-- it is one job of several postings, for those tell what each place pays
create or replace macro pay_in(of_posting, own_low, own_high, kind, a_country, a_region, a_city, lat, lon, within_km) as (
    with fit as (
        select pay_low_usd as low, pay_high_usd as high, is_of_several, case
            when lies_in(kind, a_country, a_region, a_city, lat, lon, within_km,
                r.country, r.region, r.city, r.latitude, r.longitude) then 1
            when kind = 'country' or r.country is distinct from a_country or r.city is not null then null
            when r.region = a_region then 2
            when r.region is null then 3
            end as far
        from job_pay r
        where r.posting_id = of_posting and r.pay_low_usd is not null
    )
    select case
        when count(far) > 0 then {
            'low': min({'far': far, 'low': low}) filter (far is not null).low,
            'high': max({'near': -far, 'high': high}) filter (far is not null).high
        }
        when kind in ('country', 'region', 'city') and bool_or(is_of_several) then null
        else {'low': own_low, 'high': own_high} end
    from fit
);
-- the price level of the country asked for, else of the first country of the posting that has one
create or replace macro price_level_of(of_posting, a_country) as case
    when a_country is not null then (select l.price_level from price_levels l where l.country = a_country)
    else (
        select arg_min(l.price_level, w.place_no)
        from posting_places w join price_levels l using (country)
        where w.posting_id = of_posting
    ) end;
-- the open postings a question is about: one company's, or those with a place inside an area
create or replace macro postings_in(kind, a_company, a_country, a_region, a_city, lat, lon, within_km) as table
    select p.posting_id
    from jobs p
    where p.closed_on is null and case kind
        when 'world' then true
        when 'company' then p.company = a_company
        when 'remote' then p.is_remote
        else exists (
            select 1 from job_places w
            where w.posting_id = p.posting_id and lies_in(kind, a_country, a_region, a_city, lat, lon, within_km,
                w.country, w.region, w.city, w.latitude, w.longitude))
        end;

-- A quantile of the pay that open jobs of a level (null: of any) state for an area or at a company, by track. Its
-- limits are order statistics, their ranks from the variance of the part of postings under the quantile, with
-- companies as clusters (Woodruff 1952, J. Am. Stat. Assoc. 47:635), never less than that of independent postings.
-- Pay is the middle of the range, US dollars a year.
create or replace macro pay_quantile(
    kind, a_company, a_country, a_region, a_city, lat, lon, within_km, a_level, part, comparisons
) as table
    with stated as (
        select track, company, (pay.low + pay.high) / 2 as pay_mid_usd
        from (
            select track, company, pay_in(
                posting_id, pay_low_usd, pay_high_usd, kind, a_country, a_region, a_city, lat, lon, within_km
            ) as pay
            from open_tracks
            join postings_in(kind, a_company, a_country, a_region, a_city, lat, lon, within_km) using (posting_id)
            where a_level is null or seniority = a_level
        )
        where pay.low is not null and pay.high is not null
    ),
    of_track as (
        select track, count(*) as postings, count(distinct company) as companies,
            quantile_cont(pay_mid_usd, part) as figure, list_sort(list(pay_mid_usd)) as paid
        from stated group by track
    ),
    of_company as (
        select track, company, count(*) as postings, count(*) filter (pay_mid_usd <= figure) as under
        from stated join (select track, figure from of_track) using (track) group by all
    ),
    spread as (
        select track, t_of(z_together(comparisons), o.companies - 1) * sqrt(greatest(
            o.companies / (o.companies - 1) * sum((c.under - part * c.postings) ** 2) / o.postings ** 2,
            part * (1 - part) / o.postings)) as reach
        from of_company c join of_track o using (track)
        where o.companies > 1
        group by track, o.companies, o.postings
    )
    select track, figure, paid[nullif(greatest(floor(postings * (part - reach)), 0), 0)::bigint] as low,
        paid[(ceil(postings * (part + reach)) + 1)::bigint] as high, postings, companies
    from of_track left join spread using (track);

create table if not exists demand_by_region (
    area_kind varchar, country varchar, region varchar, track varchar, seniority varchar,
    postings bigint, companies bigint, share double
);
comment on table demand_by_region is 'Open postings of each track in each area; a posting counts once in every area it names';
comment on column demand_by_region.area_kind is 'world, country, region or remote';
comment on column demand_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column demand_by_region.region is 'First-level region, for area_kind region';
comment on column demand_by_region.track is 'One of the six';
comment on column demand_by_region.seniority is 'early, senior, lead, unknown, or all';
comment on column demand_by_region.postings is 'Open postings surely of that track';
comment on column demand_by_region.companies is 'Companies that have them';
comment on column demand_by_region.share is 'Their part of the area''s postings of all six tracks at that seniority, 0 to 1';

create table if not exists pay_by_region (
    area_kind varchar, country varchar, region varchar, track varchar, seniority varchar,
    postings bigint, with_pay bigint, pay_low_usd double, pay_mid_usd double, pay_high_usd double
);
comment on table pay_by_region is 'Yearly base pay stated by open postings of each track in each area';
comment on column pay_by_region.area_kind is 'world, country, region or remote';
comment on column pay_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column pay_by_region.region is 'First-level region, for area_kind region';
comment on column pay_by_region.track is 'One of the six';
comment on column pay_by_region.seniority is 'early, senior, lead, unknown, or all';
comment on column pay_by_region.postings is 'Open postings surely of that track';
comment on column pay_by_region.with_pay is 'Those of them that state pay';
comment on column pay_by_region.pay_low_usd is 'Median of the lowest pay stated, US dollars a year; null under 5 postings';
comment on column pay_by_region.pay_mid_usd is 'Median of the middle of the range stated, US dollars a year; null under 5 postings';
comment on column pay_by_region.pay_high_usd is 'Median of the highest pay stated, US dollars a year; null under 5 postings';

create table if not exists company_mix (
    company varchar, track varchar, is_sure boolean, postings bigint, share double
);
comment on table company_mix is 'Open postings of each company by track, none and unsure included';
comment on column company_mix.company is 'The company';
comment on column company_mix.track is 'One of the six, or none; for unsure postings the likeliest';
comment on column company_mix.is_sure is 'False for the postings the model is unsure of';
comment on column company_mix.postings is 'Open postings';
comment on column company_mix.share is 'Part of the company''s open postings surely of one of the six, 0 to 1; null for none and unsure';

create table if not exists demand_by_month (
    month_on date, track varchar, postings bigint, companies bigint, share double
);
comment on table demand_by_month is 'Postings of each track in the monthly threads of Hacker News: one source in one form, so that months can be compared';
comment on column demand_by_month.month_on is 'The first day of the month';
comment on column demand_by_month.track is 'One of the six';
comment on column demand_by_month.postings is 'Postings surely of that track in the month''s thread';
comment on column demand_by_month.companies is 'Companies that have them';
comment on column demand_by_month.share is 'Their part of the month''s postings of all six tracks, 0 to 1';

create table if not exists demand_by_week (
    week_on date, track varchar, opened bigint, closed bigint, open bigint
);
comment on table demand_by_week is 'Flow and stock of each track on the boards, week by week, as seen by the runs';
comment on column demand_by_week.week_on is 'The Monday the week starts';
comment on column demand_by_week.track is 'One of the six';
comment on column demand_by_week.opened is 'Postings first seen that week';
comment on column demand_by_week.closed is 'Postings found closed that week';
comment on column demand_by_week.open is 'Postings open at the end of that week';

create table if not exists skill_demand (
    area_kind varchar, country varchar, track varchar, skill varchar, field varchar,
    postings bigint, companies bigint, of_postings bigint, of_companies bigint,
    share double, share_low double, share_high double
);
comment on table skill_demand is 'The skills that open postings of each track name, in the world and in countries with at least 20 postings of the track';
comment on column skill_demand.area_kind is 'world or country';
comment on column skill_demand.country is 'ISO 3166-1 alpha-2 code; null for world';
comment on column skill_demand.track is 'One of the six';
comment on column skill_demand.skill is 'The skill';
comment on column skill_demand.field is 'What it belongs to';
comment on column skill_demand.postings is 'Open postings surely of that track that name it';
comment on column skill_demand.companies is 'Companies that have them';
comment on column skill_demand.of_postings is 'Open postings surely of that track';
comment on column skill_demand.of_companies is 'Companies that have them';
comment on column skill_demand.share is 'postings of of_postings, 0 to 1';
comment on column skill_demand.share_low is 'Lower end of its 95 % interval, which allows for postings of a company being alike';
comment on column skill_demand.share_high is 'Upper end of that interval';
