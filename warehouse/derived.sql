-- Every derived table, with a comment on each table and column; each is filled by the SELECT of its name in tables/.

create or replace table demand_by_region (
    area_kind varchar, country varchar, region varchar, track varchar, seniority varchar,
    postings bigint, companies bigint, of_postings bigint, share double, share_low double, share_high double,
    is_withheld boolean
);
comment on table demand_by_region is 'Open postings of each track in each area; a posting counts once in every area it names';
comment on column demand_by_region.area_kind is 'world, country, region or remote';
comment on column demand_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column demand_by_region.region is 'First-level region, for area_kind region';
comment on column demand_by_region.track is 'One of the six';
comment on column demand_by_region.seniority is 'early, senior, lead, unknown, or all';
comment on column demand_by_region.postings is 'Open postings surely of that track; null where withheld';
comment on column demand_by_region.companies is 'Companies that have them; null where withheld';
comment on column demand_by_region.of_postings is 'Open postings of all six tracks in the area at that seniority; null under 5 postings or 3 companies';
comment on column demand_by_region.share is 'The track''s part of them, 0 to 1; null where withheld';
comment on column demand_by_region.share_low is 'Lower end of the share''s 95 % interval';
comment on column demand_by_region.share_high is 'Upper end of the share''s 95 % interval';
comment on column demand_by_region.is_withheld is 'True where fewer than 5 postings or 3 companies stand behind the row, so that it shows no figure';

create or replace table pay_by_region (
    area_kind varchar, country varchar, region varchar, track varchar, seniority varchar,
    postings bigint, with_pay bigint, share_with_pay double, pay_q1_usd double, pay_mid_usd double, pay_q3_usd double,
    pay_mid_low_usd double, pay_mid_high_usd double, is_withheld boolean
);
comment on table pay_by_region is 'Yearly base pay stated by open postings of each track in each area';
comment on column pay_by_region.area_kind is 'world, country, region or remote';
comment on column pay_by_region.country is 'ISO 3166-1 alpha-2 code; null for world and remote';
comment on column pay_by_region.region is 'First-level region, for area_kind region';
comment on column pay_by_region.track is 'One of the six';
comment on column pay_by_region.seniority is 'early, senior, lead, unknown, or all';
comment on column pay_by_region.postings is 'Open postings surely of that track; null under 5 postings or 3 companies';
comment on column pay_by_region.with_pay is 'Those of them that state pay';
comment on column pay_by_region.share_with_pay is 'Part of them that states pay, 0 to 1';
comment on column pay_by_region.pay_q1_usd is 'First quartile of the middle of the range stated, US dollars a year; null where withheld, as all pay';
comment on column pay_by_region.pay_mid_usd is 'Median of the middle of the range stated, US dollars a year';
comment on column pay_by_region.pay_q3_usd is 'Third quartile of the middle of the range stated, US dollars a year';
comment on column pay_by_region.pay_mid_low_usd is 'Lower end of the 95 % interval of pay_mid_usd, US dollars a year';
comment on column pay_by_region.pay_mid_high_usd is 'Upper end of the 95 % interval of pay_mid_usd, US dollars a year';
comment on column pay_by_region.is_withheld is 'True where fewer than 5 postings or 3 companies state pay, so that none is shown';

create or replace table company_mix (
    company varchar, track varchar, is_sure boolean, postings bigint, of_postings bigint, share double,
    share_low double, share_high double
);
comment on table company_mix is 'Open postings of each company by track, none and unsure included';
comment on column company_mix.company is 'The company';
comment on column company_mix.track is 'One of the six, or none; for unsure postings the likeliest';
comment on column company_mix.is_sure is 'False for the postings the model is unsure of';
comment on column company_mix.postings is 'Open postings';
comment on column company_mix.of_postings is 'Open postings of the company surely of one of the six; null for none and unsure, as all that follows';
comment on column company_mix.share is 'postings of of_postings, 0 to 1';
comment on column company_mix.share_low is 'Lower end of its 95 % interval, for postings like these';
comment on column company_mix.share_high is 'Upper end of that interval';

create or replace table demand_by_month (
    month_on date, track varchar, postings bigint, companies bigint, share double, share_low double, share_high double,
    is_withheld boolean
);
comment on table demand_by_month is 'Postings of each track in the monthly threads of Hacker News: one source in one form, so that months can be compared';
comment on column demand_by_month.month_on is 'The first day of the month';
comment on column demand_by_month.track is 'One of the six';
comment on column demand_by_month.postings is 'Postings surely of that track in the month''s thread; null where withheld';
comment on column demand_by_month.companies is 'Companies that have them; null where withheld';
comment on column demand_by_month.share is 'Their part of the month''s postings of all six tracks, 0 to 1; null where withheld';
comment on column demand_by_month.share_low is 'Lower end of the share''s 95 % interval';
comment on column demand_by_month.share_high is 'Upper end of the share''s 95 % interval';
comment on column demand_by_month.is_withheld is 'True where fewer than 5 postings or 3 companies stand behind the row, so that it shows no figure';

create or replace table demand_by_week (
    week_on date, track varchar, opened bigint, closed bigint, open bigint, is_withheld boolean
);
comment on table demand_by_week is 'Flow and stock of each track on the boards, week by week, as seen by the runs';
comment on column demand_by_week.week_on is 'The Monday the week starts';
comment on column demand_by_week.track is 'One of the six, or all: the six together';
comment on column demand_by_week.opened is 'Postings first seen that week; null where withheld';
comment on column demand_by_week.closed is 'Postings found closed that week; null where withheld';
comment on column demand_by_week.open is 'Postings open at the end of that week; null where withheld';
comment on column demand_by_week.is_withheld is 'True where fewer than 5 postings or 3 companies were open on any day of the week, so that the row shows no figure';

create or replace table skill_demand (
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

create or replace table time_open (
    track varchar, postings bigint, companies bigint, closed bigint, entered_late bigint,
    median_days bigint, median_days_low bigint, median_days_high bigint, is_withheld boolean
);
comment on table time_open is 'How long the postings of each track stay open on the boards (Kaplan and Meier''s estimate, for most are still open)';
comment on column time_open.track is 'One of the six';
comment on column time_open.postings is 'Postings, open and closed, of which the day they opened is known; null where withheld, as all that follows';
comment on column time_open.companies is 'Companies that have them';
comment on column time_open.closed is 'Those of them that have closed';
comment on column time_open.entered_late is 'Those of them that a run first saw after the day they opened';
comment on column time_open.median_days is 'Days until half have closed; null where it has not come to that';
comment on column time_open.median_days_low is 'Lower end of its 95 % interval';
comment on column time_open.median_days_high is 'Upper end of its 95 % interval; null where it cannot be told yet';
comment on column time_open.is_withheld is 'True where fewer than 5 postings or 3 companies stand behind the row, so that it shows no figure';

create or replace table concentration (
    track varchar, postings bigint, companies bigint, regions bigint,
    herfindahl double, herfindahl_low double, herfindahl_high double,
    five_largest_share double, five_largest_share_low double, five_largest_share_high double, five_largest varchar,
    is_withheld boolean
);
comment on table concentration is 'How concentrated the open postings of each track are in first-level regions; one of several regions counts in each with its part';
comment on column concentration.track is 'One of the six';
comment on column concentration.postings is 'Open postings that name a region; null where withheld, as all that follows';
comment on column concentration.companies is 'Companies that have them';
comment on column concentration.regions is 'Regions they name';
comment on column concentration.herfindahl is 'Sum of the squared shares of the regions, 0 (everywhere) to 1 (one region), corrected for its bias in small samples';
comment on column concentration.herfindahl_low is 'Lower end of its 95 % interval';
comment on column concentration.herfindahl_high is 'Upper end of its 95 % interval';
comment on column concentration.five_largest_share is 'Part of the postings in the five largest regions, 0 to 1, corrected likewise';
comment on column concentration.five_largest_share_low is 'Lower end of its 95 % interval';
comment on column concentration.five_largest_share_high is 'Upper end of its 95 % interval';
comment on column concentration.five_largest is 'The five largest regions, the largest first';
comment on column concentration.is_withheld is 'True where fewer than 5 postings or 30 companies stand behind the row, so that it shows no figure';

create or replace table location_quotient (
    country varchar, region varchar, track varchar, postings bigint, companies bigint,
    quotient double, quotient_low double, quotient_high double
);
comment on table location_quotient is 'Which track clusters where: countries and first-level regions with at least 5 postings of 3 companies of the track';
comment on column location_quotient.country is 'ISO 3166-1 alpha-2 code';
comment on column location_quotient.region is 'First-level region; null for the whole country';
comment on column location_quotient.track is 'One of the six';
comment on column location_quotient.postings is 'Open postings surely of that track there';
comment on column location_quotient.companies is 'Companies that have them';
comment on column location_quotient.quotient is 'The track''s share there over its share of all postings that name a country (a region): 2 is twice as frequent as elsewhere';
comment on column location_quotient.quotient_low is 'Lower end of its 95 % interval; above 1 the track clusters there';
comment on column location_quotient.quotient_high is 'Upper end of its 95 % interval; under 1 the track is rare there';

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
comment on column demand_change.is_change is 'True where the change exceeds its error: the interval excludes 0';

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
comment on column estimates.pay_mid_usd is 'Median pay, the middle of the range stated, US dollars a year; null where nobody anywhere states any, as all pay';
comment on column estimates.pay_mid_low_usd is 'Lower end of its 95 % interval';
comment on column estimates.pay_mid_high_usd is 'Upper end of that interval';
comment on column estimates.pay_apart is 'Standard error of its logarithm against that of the cell''s other tracks, which share its place or company';
comment on column estimates.pay_parent_weight is 'How much of it is what the cell''s other tracks and what it lies in say, 0 to 1';
