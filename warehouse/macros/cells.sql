-- The fewest postings, and companies that have them, of which a figure is shown; written down here and nowhere else.
create or replace macro least_postings() as 5;
create or replace macro least_companies() as 3;
-- one company's own figures are about it: there only the postings count
create or replace macro is_shown(kind, postings, companies) as
    coalesce(postings >= least_postings() and (kind = 'company' or companies >= least_companies()), false);
comment on macro is_shown is 'Whether a cell of so many postings and companies may be shown: 5 and 3, or 5 of one company; kind is that of the scope';
-- fewer postings of a track than this are no share of skills
create or replace macro least_for_skills() as 20;

-- What is drawn at random: the company, whose postings are alike; of one company, its postings.
create or replace macro drawn_unit(kind, posting_id, company) as case when kind = 'company' then posting_id else company end;
-- what is told of how postings spread over regions holds from more companies on (bench/coverage.py)
create or replace macro is_spread_shown(postings, companies) as postings >= least_postings() and companies >= 30;
-- Corrected counts are shown of a base of so many postings in doubt, all or none: to choose among them by what they come
-- to would choose those that chance has raised (bench/corrected.py). LEAST_CORRECTED in classifiers/confusion.py.
create or replace macro is_corrected_shown(of_postings) as of_postings >= 30;
