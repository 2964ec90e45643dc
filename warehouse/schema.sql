-- Every base table of the warehouse, once, with a comment on each table and column; views.sql has the views over them.
-- No primary keys, indexes or sequences: the same SQL runs on a shared DuckLake. Keys are kept
-- by MERGE and proved by asset checks.

create table if not exists boards (
    board_id varchar, company varchar, source varchar, token varchar, is_sample boolean, is_listed boolean
);
alter table boards add column if not exists named_by varchar;
comment on table boards is 'Every board a run has ever been told to read';
comment on column boards.board_id is 'Key: source/token, the token in lower case';
comment on column boards.company is 'The company whose board it is';
comment on column boards.source is 'The kind of job board: greenhouse, lever, ashby, ...';
comment on column boards.token is 'The board''s name at its source';
comment on column boards.is_sample is 'True for the invented companies of the bundled sample market';
comment on column boards.is_listed is 'False where the last run''s registry no longer lists it';
comment on column boards.named_by is 'Who says whose board it is: registry (null in rows of older versions), directory, its token, or the board itself';

create table if not exists company_tags (company varchar, tag varchar);
comment on table company_tags is 'What kind of company each is, where the registry of boards says so';
comment on column company_tags.company is 'The company; with tag the key';
comment on column company_tags.tag is 'lab (trains foundation models), safety, applied, software, ...: TAGS in pipeline/boards/registry.py';

create table if not exists sources (
    source varchar, title varchar, lists_all boolean, is_dated boolean, credit varchar
);
alter table sources add column if not exists title varchar;
alter table sources add column if not exists lists_all boolean;
alter table sources add column if not exists is_dated boolean;
alter table sources add column if not exists credit varchar;
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
comment on column fetches.outcome is 'fetched (not yet read), read, unchanged, empty (read, no postings), failed, skipped (read only when asked for, or read later already)';
comment on column fetches.http_status is 'The last HTTP status, null where no answer came';
comment on column fetches.bytes is 'Bytes of body received, decompressed';
comment on column fetches.seconds is 'Seconds from asking to the whole answer, waiting included';
comment on column fetches.error is 'Why it failed or was skipped; for empty, what happens to its postings';
comment on column fetches.etag is 'The answer''s ETag, sent back next time';
comment on column fetches.last_modified is 'The answer''s Last-Modified, sent back next time';
comment on column fetches.payload_sha256 is 'SHA-256 of the payload';
comment on column fetches.snapshot is 'Where the payload is kept, as a path in the home folder, or in what the setting retention.payloads names';
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
alter table postings add column if not exists sifted_sha256 varchar;
alter table postings add column if not exists sieve varchar;
comment on table postings is 'Every posting ever read, as last seen, open or closed';
comment on column postings.posting_id is 'Key: board_id/the posting''s own id at its source';
comment on column postings.board_id is 'The board it stands on';
comment on column postings.source is 'The kind of job board';
comment on column postings.company is 'The company that hires';
comment on column postings.title is 'Its title, blanks trimmed';
comment on column postings.url is 'Where to read and apply; null where it was sifted';
comment on column postings.text is 'Its description as plain text; null where it was sifted';
comment on column postings.sifted_sha256 is 'SHA-256 of the description of a posting that the sieve holds for none of the six: it was not read in full and has neither text, address, pay nor a level beyond its title''s; null where it was';
comment on column postings.sieve is 'Version of the sieve that it went through; null on boards of the registry, which are read in full';
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
alter table postings add column if not exists years_asked double;
alter table postings add column if not exists degree varchar;
alter table postings add column if not exists visa varchar;
alter table postings add column if not exists clearance varchar;
alter table postings add column if not exists contract varchar;
alter table postings add column if not exists language varchar;
comment on column postings.years_asked is 'Years of experience it asks for; null where it says none. The words that decided on this and the next: posting_evidence';
comment on column postings.degree is 'bachelor, master or doctorate: the lowest degree it asks for, equivalent experience or not; null where it names none';
comment on column postings.visa is 'offered or not offered: whether it says that a visa is sponsored; null where it says neither, or both';
comment on column postings.clearance is 'clearance where a security clearance is asked for or the ability to obtain one, else citizenship where only citizens or permanent residents may be hired; null where it says neither';
comment on column postings.contract is 'permanent, fixed_term, freelance or internship; null where it does not say';
comment on column postings.language is 'ISO 639-1 code of the language of its text; null of short texts and unknown languages';
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

create table if not exists posting_evidence (posting_id varchar, signal varchar, words varchar);
comment on table posting_evidence is 'The words that decided on a signal of a posting, cut to some 120 characters';
comment on column posting_evidence.posting_id is 'The posting; with signal the key';
comment on column posting_evidence.signal is 'years, degree, visa, clearance or contract; remote where words of the text decided on is_remote; open_to where words decided on the places of a remote job';
comment on column posting_evidence.words is 'The words, of its title, text or field';

create table if not exists posting_pay (
    posting_id varchar, pay_no integer, tied_to varchar, city varchar, region varchar, country varchar,
    latitude double, longitude double, level varchar, pay_low double, pay_high double, pay_currency varchar,
    pay_period varchar, pay_low_usd double, pay_high_usd double
);
comment on table posting_pay is 'Every distinct range of base pay a posting states; one that is for several places has a row for each';
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

create table if not exists pay_changes (
    posting_id varchar, changed_on date, pay_low_usd_before double, pay_high_usd_before double, pay_low_usd double, pay_high_usd double
);
comment on table pay_changes is 'Every change of the base pay that an open posting states, as its board wrote it; what new rules read out of the same words is none';
comment on column pay_changes.posting_id is 'The posting; with changed_on the key';
comment on column pay_changes.changed_on is 'The day its board was first read with the new pay';
comment on column pay_changes.pay_low_usd_before is 'pay_low_usd until then; null where it stated none';
comment on column pay_changes.pay_high_usd_before is 'pay_high_usd until then; null where it stated none';
comment on column pay_changes.pay_low_usd is 'pay_low_usd from then on; null where it states none any more';
comment on column pay_changes.pay_high_usd is 'pay_high_usd from then on; null where it states none any more';

create table if not exists labels (
    posting_id varchar, track varchar, probability double, second varchar, is_sure boolean,
    terms varchar, model_version varchar, input_sha256 varchar
);
alter table labels add column if not exists probabilities double[];
alter table labels add column if not exists unknown_words double;
comment on table labels is 'The track of every posting, as the model judged it';
comment on column labels.posting_id is 'Key: the posting';
comment on column labels.track is 'The likeliest of the six tracks, or none';
comment on column labels.probability is 'Calibrated probability of that track, 0 to 1';
comment on column labels.probabilities is 'Calibrated probability of each of the six tracks, in the order of tracks_in_order(), then of none; they sum to 1';
comment on column labels.second is 'The next likeliest, where it could be that one too';
comment on column labels.is_sure is 'False where the probability is under the threshold for abstaining: shown as unsure, in no track''s count';
comment on column labels.terms is 'The terms that decided for the track, strongest first; null where the sieve decided';
comment on column labels.unknown_words is 'Part of the words of the text that the model did not learn, 0 to 1: what looks unlike the training data; null where the sieve decided';
comment on column labels.model_version is 'The model that judged';
comment on column labels.input_sha256 is 'SHA-256 of the title and text that were judged; of what was sifted, of its description';

drop table if exists confusion;  -- of an older trackmix
create table if not exists models (model_version varchar, label_shift double, company_label_shift double);
comment on table models is 'The model that labelled';
comment on column models.model_version is 'Key: what decides a label, as twelve hex digits';
comment on column models.label_shift is 'Standard error of the share of a track by wrong labels, on the logit scale, in markets the model never saw';
comment on column models.company_label_shift is 'The same in one company, beside that';

create or replace table duplicates (posting_id varchar, same_as varchar, reason varchar, similarity double);
comment on table duplicates is 'Postings that are the same job as another one: two boards, one posting per city, posted again under a new id';
comment on column duplicates.posting_id is 'Key: the posting that is not counted by itself';
comment on column duplicates.same_as is 'The posting that stands for the job';
comment on column duplicates.reason is 'exact: same company, title and text; near: same company and title, similar texts';
comment on column duplicates.similarity is 'Share of the three-word sequences of both texts that they have in common, 0 to 1';

create or replace table read_companies (reader varchar, company varchar, digest varchar);
comment on table read_companies is 'The companies whose postings were compared, or read for skills, and from what: they are again when that changes';
comment on column read_companies.reader is 'duplicates or skills; with company the key';
comment on column read_companies.company is 'The company';
comment on column read_companies.digest is 'A digest of its postings, and of the rules';

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

create table if not exists place_names (
    name varchar, is_usual boolean, kind varchar, country varchar, region varchar, city varchar, area varchar
);
alter table place_names add column if not exists latitude double;
alter table place_names add column if not exists longitude double;
alter table place_names add column if not exists population bigint;
comment on table place_names is 'Every name by which a question may name a place (GeoNames, CC BY 4.0; ISO 3166; Unicode CLDR)';
comment on column place_names.name is 'The name, folded: small letters, no accents, no punctuation';
comment on column place_names.is_usual is 'True for its usual English name and what people commonly write; false for names in other languages, former names and codes';
comment on column place_names.kind is 'country, region, city or wide_area';
comment on column place_names.country is 'ISO 3166-1 alpha-2 code; null for a wide area';
comment on column place_names.region is 'First-level region, of a region or city';
comment on column place_names.city is 'City, in the gazetteer''s spelling';
comment on column place_names.area is 'The wide area, in table wide_areas';
comment on column place_names.latitude is 'Degrees north, of a country or region those of its largest city; null for a wide area';
comment on column place_names.longitude is 'Degrees east';
comment on column place_names.population is 'Inhabitants of its cities in the gazetteer';

create table if not exists wide_areas (area varchar, country varchar, source varchar);
alter table wide_areas add column if not exists region varchar;
comment on table wide_areas is 'Areas of several countries, or of several regions of one: the regions of UN M49, and those that are usual in business (pipeline/reading/wide_areas.csv)';
comment on column wide_areas.area is 'Its name; with country and region the key';
comment on column wide_areas.country is 'ISO 3166-1 alpha-2 code of a country in it';
comment on column wide_areas.region is 'The region of that country that is in it; null for the whole country';
comment on column wide_areas.source is 'Who draws it so';

create table if not exists price_levels (country varchar, year integer, price_level double);
comment on table price_levels is 'Price levels of countries (World Bank PA.NUS.PPP, CC BY 4.0, over the European Central Bank''s mean rate of that year)';
comment on column price_levels.country is 'ISO 3166-1 alpha-2 code';
comment on column price_levels.year is 'The year of the purchasing power and of the rate';
comment on column price_levels.price_level is 'Local prices, in US dollars at that rate, where the United States are 1';

create table if not exists places_version (places_version varchar);
comment on table places_version is 'What the tables of places were loaded from, in one row: they are loaded again when it changes';
comment on column places_version.places_version is 'A digest of the rules and packages that they come from';
