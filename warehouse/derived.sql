-- Every derived table, with a comment on each table and column; each is filled by the SELECT of its name in tables/, those of
-- estimates by warehouse/derived.py. A version with other rules makes them all anew. A column `share` is a track's part of the
-- openings of all six tracks there, whatever the table; a part of anything else says of what in its name: share_with_pay and
-- share_with_skill of the track's openings.

-- of an older trackmix
drop table if exists concentration;
drop table if exists location_quotient;

create or replace table made_from (part varchar, digest varchar);
comment on table made_from is 'What the derived tables were made from: they stay as they are while it does not change';
comment on column made_from.part is 'Key: a query in warehouse/queries/inputs, or rules, the SQL and code that make them';
comment on column made_from.digest is 'A digest of that';

create or replace table openings (
    opening_no integer, posting_id varchar, title varchar, company varchar, track varchar, probability double, is_remote boolean,
    seniority varchar, pay_low_usd double, pay_high_usd double, published_on date, posted_on date, first_seen_on date,
    last_seen_on date, url varchar,
    years_asked double, degree varchar, visa varchar, clearance varchar, contract varchar, language varchar, states_pay boolean,
    days_open integer, is_posted_again boolean,
    named struct(country varchar, region varchar, city varchar, latitude double, longitude double)[], places varchar, is_of_several boolean,
    ranges struct(country varchar, region varchar, city varchar, latitude double, longitude double, low double, high double)[]
);
comment on table openings is 'Every opening, an open job surely of one of the six tracks, the newest first, with all that is asked of it but its text';
comment on column openings.opening_no is 'Key: its place in that order, from 1';
comment on column openings.posting_id is 'The job';
comment on column openings.title is 'Its title';
comment on column openings.company is 'The company that hires';
comment on column openings.track is 'One of the six';
comment on column openings.probability is 'Calibrated probability of that track, 0 to 1';
comment on column openings.is_remote is 'Whether it can be done remotely; null where the board does not say';
comment on column openings.seniority is 'early, senior, lead or unknown';
comment on column openings.pay_low_usd is 'Lowest base pay stated, US dollars a year';
comment on column openings.pay_high_usd is 'Highest base pay stated, US dollars a year';
comment on column openings.published_on is 'The day it was published, else first seen';
comment on column openings.posted_on is 'The day its board says it was published';
comment on column openings.first_seen_on is 'The first day a run saw it';
comment on column openings.last_seen_on is 'The last day a run saw it';
comment on column openings.url is 'Where to read and apply';
comment on column openings.years_asked is 'Years of experience it asks for; null where it says none';
comment on column openings.degree is 'bachelor, master or doctorate: the lowest degree it asks for; null where it names none';
comment on column openings.visa is 'offered or not offered: whether it says that a visa is sponsored; null where it says neither, or both';
comment on column openings.clearance is 'clearance or citizenship, where it asks for one; null where it does not';
comment on column openings.contract is 'permanent, fixed_term, freelance or internship; null where it does not say';
comment on column openings.language is 'ISO 639-1 code of the language of its text; null where it is not known';
comment on column openings.states_pay is 'Whether it states base pay, be it in a currency without a rate to US dollars';
comment on column openings.days_open is 'Days from the day it was published or first seen, what was earlier, to the day it was last seen; null in monthly threads';
comment on column openings.is_posted_again is 'Whether one of the job''s postings closed and another opened that day or later, on a board that was read before; false in monthly threads';
comment on column openings.named is 'The places it names, in their order';
comment on column openings.places is 'Those by their names, in the order of the alphabet, parted by semicolons';
comment on column openings.is_of_several is 'True where the job stands in several postings, each with pay of its own';
comment on column openings.ranges is 'Its ranges of pay by place, US dollars a year; null where they say no more than its lowest and highest';

create or replace table opening_places (
    country varchar, region varchar, city varchar, latitude double, longitude double, opening_no integer, company varchar,
    track varchar, seniority varchar, is_remote boolean, published_on date, days_open integer, is_posted_again boolean
);
comment on table opening_places is 'Every opening in every place it names, sorted by place, so that a place is found in a few blocks';
comment on column opening_places.country is 'ISO 3166-1 alpha-2 code of the place';
comment on column opening_places.region is 'First-level region of the place';
comment on column opening_places.city is 'City';
comment on column opening_places.latitude is 'Degrees north of the city';
comment on column opening_places.longitude is 'Degrees east of the city';
comment on column opening_places.opening_no is 'The opening; with the place the key';
comment on column opening_places.company is 'The company that hires';
comment on column opening_places.track is 'One of the six';
comment on column opening_places.seniority is 'early, senior, lead or unknown';
comment on column opening_places.is_remote is 'Whether it can be done remotely; null where the board does not say';
comment on column opening_places.published_on is 'The day it was published, else first seen';
comment on column opening_places.days_open is 'How long it has stood, as table openings has it';
comment on column opening_places.is_posted_again is 'Whether it was posted again, as table openings has it';

create or replace table cell_openings (
    kind varchar, company varchar, country varchar, region varchar, city varchar, track varchar, opening_no integer,
    seniority varchar, is_remote boolean, published_on date, days_open integer, is_posted_again boolean
);
comment on table cell_openings is 'Every opening in each area it counts in and at its company, once in each, sorted by these and by track, so that they are found in a few blocks';
comment on column cell_openings.kind is 'world, remote, country, region, city or company';
comment on column cell_openings.company is 'The company, for kind company';
comment on column cell_openings.country is 'ISO 3166-1 alpha-2 code, for kind country, region and city';
comment on column cell_openings.region is 'First-level region, for kind region and city';
comment on column cell_openings.city is 'City, for kind city';
comment on column cell_openings.track is 'One of the six';
comment on column cell_openings.opening_no is 'The opening; with kind to city the key';
comment on column cell_openings.seniority is 'early, senior, lead or unknown';
comment on column cell_openings.is_remote is 'Whether it can be done remotely; null where the board does not say';
comment on column cell_openings.published_on is 'The day it was published, else first seen';
comment on column cell_openings.days_open is 'How long it has stood, as table openings has it';
comment on column cell_openings.is_posted_again is 'Whether it was posted again, as table openings has it';

create or replace table basis (
    kind varchar, company varchar, country varchar, region varchar, city varchar,
    postings bigint, companies bigint, in_tracks bigint, none bigint, unsure bigint, with_pay bigint, remote bigint, is_sample boolean,
    seen_from date, seen_to date, hires_in varchar, around struct(name varchar, openings bigint)[],
    unlisted_as varchar
);
comment on table basis is 'What an answer about each area and company rests on, and what it leaves out';
comment on column basis.kind is 'world, remote, country, region, city or company';
comment on column basis.company is 'The company, for kind company';
comment on column basis.country is 'ISO 3166-1 alpha-2 code, for kind country, region and city';
comment on column basis.region is 'First-level region, for kind region and city';
comment on column basis.city is 'City, for kind city';
comment on column basis.postings is 'Open jobs, of any kind of work';
comment on column basis.companies is 'Companies that have them';
comment on column basis.in_tracks is 'Those that are surely of one of the six tracks';
comment on column basis.none is 'Those surely of none of them';
comment on column basis.unsure is 'Those that the model is unsure of';
comment on column basis.with_pay is 'Those of the six that state pay, in a currency with a rate to US dollars';
comment on column basis.remote is 'Those of the six that can be done remotely';
comment on column basis.is_sample is 'True where one of the open jobs is of the bundled sample market';
comment on column basis.seen_from is 'The day on which the one seen longest ago was seen last';
comment on column basis.seen_to is 'The day on which the newest was seen';
comment on column basis.hires_in is 'Of a company, the country that most of its openings name first';
comment on column basis.around is 'What it lies in, from which its estimates borrow, the nearest first: names and openings of the six; without what has no more of them than what lies in it';
comment on column basis.unlisted_as is 'Of a city that the gazetteer does not know: its name, folded as place_names are';

create or replace table demand_by_region (
    area_kind varchar, country varchar, region varchar, city varchar, track varchar, seniority varchar,
    postings bigint, companies bigint, of_postings bigint, share double, share_low double, share_high double, parent_weight double
);
comment on table demand_by_region is 'Start here: open postings of each track in each area, and its share; a posting counts once in every area it names';
comment on column demand_by_region.area_kind is 'world, remote, country, region or city';
comment on column demand_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column demand_by_region.region is 'First-level region, for area_kind region and city';
comment on column demand_by_region.city is 'City, for area_kind city';
comment on column demand_by_region.track is 'One of the six; each has its row in every area with an opening';
comment on column demand_by_region.seniority is 'early, senior, lead, or all';
comment on column demand_by_region.postings is 'Open postings surely of that track: a count';
comment on column demand_by_region.companies is 'Companies that have them';
comment on column demand_by_region.of_postings is 'Open postings of all six tracks in the area at that seniority';
comment on column demand_by_region.share is 'The track''s part of the six, 0 to 1: an estimate, as in table estimates';
comment on column demand_by_region.share_low is 'Lower end of its 95 % interval';
comment on column demand_by_region.share_high is 'Upper end of its 95 % interval';
comment on column demand_by_region.parent_weight is 'How much of the share is what the area lies in says, 0 to 1';

create or replace table pay_by_region (
    area_kind varchar, country varchar, region varchar, city varchar, track varchar, seniority varchar,
    postings bigint, with_pay bigint, share_with_pay double, pay_mid_usd double, pay_mid_low_usd double, pay_mid_high_usd double,
    pay_parent_weight double
);
comment on table pay_by_region is 'Start here: yearly base pay of each track in each area';
comment on column pay_by_region.area_kind is 'world, remote, country, region or city';
comment on column pay_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column pay_by_region.region is 'First-level region, for area_kind region and city';
comment on column pay_by_region.city is 'City, for area_kind city';
comment on column pay_by_region.track is 'One of the six; each has its row in every area with an opening';
comment on column pay_by_region.seniority is 'early, senior, lead, or all';
comment on column pay_by_region.postings is 'Open postings surely of that track: a count';
comment on column pay_by_region.with_pay is 'Those of them that state pay';
comment on column pay_by_region.share_with_pay is 'Part of them that states pay, 0 to 1; 0 of none';
comment on column pay_by_region.pay_mid_usd is 'Median of the middle of the range stated, US dollars a year: an estimate; null only where no job anywhere states pay';
comment on column pay_by_region.pay_mid_low_usd is 'Lower end of its 95 % interval';
comment on column pay_by_region.pay_mid_high_usd is 'Upper end of its 95 % interval';
comment on column pay_by_region.pay_parent_weight is 'How much of it is what the area''s other tracks and what it lies in say, 0 to 1';

create or replace table company_mix (
    company varchar, track varchar, postings bigint, of_postings bigint, share double, share_low double, share_high double,
    with_pay bigint, pay_mid_usd double, pay_mid_low_usd double, pay_mid_high_usd double, parent_weight double
);
comment on table company_mix is 'Start here: the six tracks of every company with an opening: counts, and what they say of whom it hires';
comment on column company_mix.company is 'The company';
comment on column company_mix.track is 'One of the six';
comment on column company_mix.postings is 'Open postings surely of that track: a count';
comment on column company_mix.of_postings is 'Open postings of the company surely of one of the six';
comment on column company_mix.share is 'The track''s part of what it hires for, 0 to 1: an estimate, as in table estimates';
comment on column company_mix.share_low is 'Lower end of its 95 % interval';
comment on column company_mix.share_high is 'Upper end of its 95 % interval';
comment on column company_mix.with_pay is 'Postings of the track that state pay';
comment on column company_mix.pay_mid_usd is 'Median of the middle of the range stated, US dollars a year: an estimate; null only where no job anywhere states pay';
comment on column company_mix.pay_mid_low_usd is 'Lower end of its 95 % interval';
comment on column company_mix.pay_mid_high_usd is 'Upper end of its 95 % interval';
comment on column company_mix.parent_weight is 'How much of the share is what the companies around it say, 0 to 1';

create or replace table demand_by_month (
    month_on date, track varchar, postings bigint, companies bigint, of_postings bigint, share double, share_low double, share_high double
);
comment on table demand_by_month is 'Postings of each track in the monthly threads of Hacker News and, where there are any, in dumps by the month they were first seen';
comment on column demand_by_month.month_on is 'The first day of the month';
comment on column demand_by_month.track is 'One of the six';
comment on column demand_by_month.postings is 'Postings surely of that track in the month''s thread';
comment on column demand_by_month.companies is 'Companies that have them';
comment on column demand_by_month.of_postings is 'Postings of all six tracks in that thread';
comment on column demand_by_month.share is 'Their part of the month''s postings of all six tracks, 0 to 1';
comment on column demand_by_month.share_low is 'Lower end of the share''s 95 % interval';
comment on column demand_by_month.share_high is 'Upper end of the share''s 95 % interval';

create or replace table demand_by_week (
    week_on date, track varchar, opened bigint, closed bigint, open bigint
);
comment on table demand_by_week is 'Flow and stock of each track on the boards, week by week, as seen by the runs';
comment on column demand_by_week.week_on is 'The Monday the week starts';
comment on column demand_by_week.track is 'One of the six, or all: the six together';
comment on column demand_by_week.opened is 'Postings first seen that week on a board that had been read before';
comment on column demand_by_week.closed is 'Postings found closed that week';
comment on column demand_by_week.open is 'Postings open at the end of that week';

create or replace table skill_demand (
    area_kind varchar, country varchar, track varchar, skill varchar, field varchar,
    postings bigint, companies bigint, of_postings bigint, of_companies bigint,
    share_with_skill double, share_with_skill_low double, share_with_skill_high double
);
comment on table skill_demand is 'The skills that open postings of each track name, in the world and in each country';
comment on column skill_demand.area_kind is 'world or country';
comment on column skill_demand.country is 'ISO 3166-1 alpha-2 code; null for world';
comment on column skill_demand.track is 'One of the six';
comment on column skill_demand.skill is 'The skill';
comment on column skill_demand.field is 'What it belongs to';
comment on column skill_demand.postings is 'Open postings surely of that track that name it';
comment on column skill_demand.companies is 'Companies that have them';
comment on column skill_demand.of_postings is 'Open postings surely of that track';
comment on column skill_demand.of_companies is 'Companies that have them';
comment on column skill_demand.share_with_skill is 'Part of the track''s postings that names it: postings of of_postings, 0 to 1';
comment on column skill_demand.share_with_skill_low is 'Lower end of its 95 % interval, which allows for postings of a company being alike';
comment on column skill_demand.share_with_skill_high is 'Upper end of that interval';

create or replace table company_skills (
    company varchar, track varchar, skill varchar, field varchar, postings bigint, of_postings bigint,
    share_with_skill double, share_with_skill_low double, share_with_skill_high double,
    elsewhere bigint, companies bigint, of_elsewhere bigint, of_companies bigint, share_with_skill_elsewhere double,
    share_with_skill_elsewhere_low double, share_with_skill_elsewhere_high double, p_value double, is_distinct boolean
);
comment on table company_skills is 'The skills that each company''s open postings of a track name, beside those of the same track at other companies';
comment on column company_skills.company is 'The company';
comment on column company_skills.track is 'One of the six';
comment on column company_skills.skill is 'The skill';
comment on column company_skills.field is 'What it belongs to';
comment on column company_skills.postings is 'Its open postings of the track that name the skill';
comment on column company_skills.of_postings is 'Its open postings surely of that track';
comment on column company_skills.share_with_skill is 'Part of them that names it: postings of of_postings, 0 to 1';
comment on column company_skills.share_with_skill_low is 'Lower end of its 95 % interval';
comment on column company_skills.share_with_skill_high is 'Upper end of that interval';
comment on column company_skills.elsewhere is 'Open postings of the track at other companies that name it';
comment on column company_skills.companies is 'Companies that have them';
comment on column company_skills.of_elsewhere is 'Open postings of the track at other companies';
comment on column company_skills.of_companies is 'Companies that have them';
comment on column company_skills.share_with_skill_elsewhere is 'Part of them that names it, 0 to 1; null where no other company hires for the track';
comment on column company_skills.share_with_skill_elsewhere_low is 'Lower end of its 95 % interval, which allows for postings of a company being alike';
comment on column company_skills.share_with_skill_elsewhere_high is 'Upper end of that interval';
comment on column company_skills.p_value is 'Chance that so many or more would name it, were the company like the others (Fisher''s exact test)';
comment on column company_skills.is_distinct is 'True where it names the skill more often than others do, at a false discovery rate of 5 % over the skills of the track';

create or replace table skill_change (
    track varchar, before_on date, since_on date, until_on date, skill varchar, field varchar,
    companies bigint, of_companies bigint, before bigint, of_before bigint,
    share_with_skill double, share_with_skill_before double, change double, change_low double, change_high double,
    p_value double, is_change boolean
);
comment on table skill_change is 'How often companies in the monthly threads name a skill in the last half-year and in the one before: skills that 10 companies name';
comment on column skill_change.track is 'One of the six, or all: the six together';
comment on column skill_change.before_on is 'The first month of the half-year before';
comment on column skill_change.since_on is 'The first month of the last half-year';
comment on column skill_change.until_on is 'The last month of it';
comment on column skill_change.skill is 'The skill';
comment on column skill_change.field is 'What it belongs to';
comment on column skill_change.companies is 'Companies that name it in the last half-year; each counts once';
comment on column skill_change.of_companies is 'Companies of the track in it';
comment on column skill_change.before is 'Companies that name it in the half-year before';
comment on column skill_change.of_before is 'Companies of the track in it';
comment on column skill_change.share_with_skill is 'Part of the companies that names it in the last half-year, 0 to 1';
comment on column skill_change.share_with_skill_before is 'The same in the half-year before';
comment on column skill_change.change is 'Their difference';
comment on column skill_change.change_low is 'Lower end of its 95 % interval';
comment on column skill_change.change_high is 'Upper end of its 95 % interval';
comment on column skill_change.p_value is 'Chance that it would differ as much, were both half-years alike (Fisher''s exact test, two-sided)';
comment on column skill_change.is_change is 'True where it changed by more than its error, at a false discovery rate of 5 %, and the interval in whole points does not touch 0';

create or replace table skill_pay (
    skill varchar, postings bigint, companies bigint, other_postings bigint, other_companies bigint,
    premium double, premium_low double, premium_high double, p_value double, is_apart boolean
);
comment on table skill_pay is 'What open postings that name a skill pay beyond like ones that do not (track, level, country, and company as a random effect): an association; skills that enough companies tell of';
comment on column skill_pay.skill is 'The skill';
comment on column skill_pay.postings is 'Open postings that state pay and name it';
comment on column skill_pay.companies is 'Companies that have them';
comment on column skill_pay.other_postings is 'Open postings that state pay and do not name it';
comment on column skill_pay.other_companies is 'Companies that have them';
comment on column skill_pay.premium is 'How much more is paid with it, as a part of what is paid without: 0.1 is 10 % more';
comment on column skill_pay.premium_low is 'Lower end of its 95 % interval';
comment on column skill_pay.premium_high is 'Upper end of its 95 % interval';
comment on column skill_pay.p_value is 'Chance that it would be as far from 0 or further, were nothing paid for it';
comment on column skill_pay.is_apart is 'True where it is apart from 0 at a false discovery rate of 5 % over the skills told';

create or replace table time_open (
    track varchar, postings bigint, companies bigint, closed bigint, entered_late bigint, gap_days bigint,
    median_days bigint, median_days_low bigint, median_days_high bigint
);
comment on table time_open is 'How long the postings of each track stay open on the boards (Kaplan and Meier''s estimate, for most are still open)';
comment on column time_open.track is 'One of the six';
comment on column time_open.postings is 'Postings, open and closed, of which the day they opened is known, as all that follows';
comment on column time_open.companies is 'Companies that have them';
comment on column time_open.closed is 'Those of them that have closed';
comment on column time_open.entered_late is 'Those of them that a run first saw after the day they opened';
comment on column time_open.gap_days is 'Days between the last reading that had a posting and the first that had not, the median of those closed: a closing is known no closer';
comment on column time_open.median_days is 'Days until half have closed; null where it has not come to that, or gap_days is more than a quarter of it';
comment on column time_open.median_days_low is 'Lower end of its 95 % interval';
comment on column time_open.median_days_high is 'Upper end of its 95 % interval; null where it cannot be told yet';

create or replace table demand_change (
    area_kind varchar, country varchar, region varchar, track varchar, then_on date, now_on date,
    postings_before bigint, postings bigint, change bigint, change_low double, change_high double, is_change boolean
);
comment on table demand_change is 'Open postings of each track now and four weeks ago, on boards that were read by then; areas with at least 5 postings of 3 companies';
comment on column demand_change.area_kind is 'world, country, region or remote';
comment on column demand_change.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column demand_change.region is 'First-level region, for area_kind region';
comment on column demand_change.track is 'One of the six, or all: the six together';
comment on column demand_change.then_on is 'Four weeks before the last run';
comment on column demand_change.now_on is 'The day of the last run';
comment on column demand_change.postings_before is 'Postings open on then_on';
comment on column demand_change.postings is 'Postings open on now_on';
comment on column demand_change.change is 'Their difference';
comment on column demand_change.change_low is 'Lower end of its 95 % interval';
comment on column demand_change.change_high is 'Upper end of its 95 % interval';
comment on column demand_change.is_change is 'True where the interval, in whole postings, does not touch 0';

create or replace table priors (parameter varchar, of_what varchar, value double, meaning varchar);
comment on table priors is 'What this build learnt from all postings, and every estimate starts from';
comment on column priors.parameter is 'What it is; with of_what the key';
comment on column priors.of_what is 'The step, the track, or the track and level it is of';
comment on column priors.value is 'Its value; null where nobody states pay';
comment on column priors.meaning is 'What it means';

create or replace table estimates (
    kind varchar, company varchar, country varchar, region varchar, city varchar, level varchar, track varchar,
    postings bigint, companies bigint, of_postings bigint, share double, share_low double, share_high double, worth double,
    parent_postings bigint, parent_share double, parent_weight double, with_pay bigint,
    early bigint, senior bigint, lead bigint, unknown_level bigint, remote bigint, pay_least_usd double, pay_most_usd double,
    pay_mid_usd double, pay_mid_low_usd double, pay_mid_high_usd double, pay_apart double, pay_parent_weight double
);
comment on table estimates is 'Shares of the six tracks and median pay in each cell by partial pooling: a cell borrows from what it lies in, the more the less it has; six rows a cell';
comment on column estimates.kind is 'world, remote, country, region, city or company';
comment on column estimates.company is 'The company, for kind company';
comment on column estimates.country is 'ISO 3166-1 alpha-2 code, for kind country, region and city';
comment on column estimates.region is 'First-level region, for kind region and city';
comment on column estimates.city is 'City, for kind city';
comment on column estimates.level is 'early, senior, lead, unknown, or all';
comment on column estimates.track is 'One of the six';
comment on column estimates.postings is 'Open postings surely of that track: a count, not an estimate';
comment on column estimates.companies is 'Companies that have them';
comment on column estimates.of_postings is 'Open postings of all six tracks in the cell';
comment on column estimates.share is 'The track''s part of the six, 0 to 1; the six sum to 1';
comment on column estimates.share_low is 'Lower end of its 95 % interval, for sampling and wrong labels';
comment on column estimates.share_high is 'Upper end of that interval';
comment on column estimates.worth is 'As many postings drawn one by one and labelled right would tell as much of the share';
comment on column estimates.parent_postings is 'Open postings of the six in what the cell lies in, without the cell''s own';
comment on column estimates.parent_share is 'The share there';
comment on column estimates.parent_weight is 'How much of the share is that of what the cell lies in, 0 to 1; the rest is the cell''s own';
comment on column estimates.with_pay is 'Postings of the track that state pay';
comment on column estimates.early is 'Those of them at level early';
comment on column estimates.senior is 'Those at level senior';
comment on column estimates.lead is 'Those at level lead';
comment on column estimates.unknown_level is 'Those whose level is not told';
comment on column estimates.remote is 'Those that can be done remotely';
comment on column estimates.pay_least_usd is 'The lowest pay that any of them states for the cell, US dollars a year; null where none does';
comment on column estimates.pay_most_usd is 'The highest';
comment on column estimates.pay_mid_usd is 'Median pay, the middle of the range stated, US dollars a year; null where nobody anywhere states any, as all pay';
comment on column estimates.pay_mid_low_usd is 'Lower end of its 95 % interval';
comment on column estimates.pay_mid_high_usd is 'Upper end of that interval';
comment on column estimates.pay_apart is 'Standard error of its logarithm against that of the cell''s other tracks, which share its place or company';
comment on column estimates.pay_parent_weight is 'How much of it is what the cell''s other tracks and what it lies in say, 0 to 1';
