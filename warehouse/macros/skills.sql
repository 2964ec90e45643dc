-- The skills that postings name, by the table of those postings (base, posting_id, unit, company): of each base, the postings
-- that name each skill, with the sums that the interval of their share is made from (warehouse/skills.py).
create or replace macro skills_named_in(members) as table
with named as (
    select posting_id, skill as kind from posting_skills
)
select base, kind as skill, field, postings, companies, of_postings, units as of_companies,
    postings / of_postings as share_with_skill, units, squares, products, of_squares
from sums_over_units(members, 'named') join skills on skill = kind;
comment on macro table skills_named_in is 'The skills that postings of each base name, with sums over companies for the interval of their share; members names a table (base, posting_id, unit, company)';

-- The skills that each company's postings name beside those of the same track at other companies, from the name of a table
-- of postings (posting_id, track, company). Is_enough: to tell a skill apart takes 3 postings that name it, of five of the
-- track, and least_for_skills() of others. Tested counts the skills that any posting of the track names.
create or replace macro skills_beside_others(market) as table
with members as (
    select track as base, posting_id, company as unit, company from query_table(market)
),
everywhere as (
    select *, count(*) over (partition by base) as tested from skills_named_in('members')
),
sizes as (
    select base, unit, count(*) as n from members group by base, unit
),
own as (
    select base, unit, skill, count(*) as k from members join posting_skills using (posting_id) group by base, unit, skill
)
select unit as company, base as track, skill, field, k as postings, n as of_postings, k / n as share_with_skill,
    postings - k as elsewhere, companies - 1 as companies, of_postings - n as of_elsewhere, of_companies - 1 as of_companies,
    (postings - k) / nullif(of_postings - n, 0) as share_with_skill_elsewhere, squares - k * k as squares,
    products - k * n as products, of_squares - n * n as of_squares, tested,
    k >= 3 and n >= 5 and of_postings - n >= least_for_skills() as is_enough
from own join sizes using (base, unit) join everywhere using (base, skill);
comment on macro table skills_beside_others is 'The skills that each company names beside others, by track; market names a table (posting_id, track, company); table company_skills tells which stand out';

-- The openings of an area that name a skill: how many they name, and how many of those are in the list `have`.
create or replace macro openings_asking(area, have) as table
select t.track, posting_id, count(*) as named, count(*) filter (skill in have) as had
from open_tracks t join postings_in(area) using (posting_id) join posting_skills using (posting_id)
group by t.track, posting_id;
comment on macro table openings_asking is 'The openings of an area that name skills: how many, and how many of them are in the list have';
