-- fewer postings of a track than this are no share of skills
create or replace macro least_for_skills() as 20;
comment on macro least_for_skills is 'Postings of a track from which on its skills are told';

-- What is drawn at random: the company, whose postings are alike; of one company, its postings.
create or replace macro drawn_unit(kind, posting_id, company) as case when kind = 'company' then posting_id else company end;
comment on macro drawn_unit is 'What is drawn at random in a scope of that kind: the company; of one company, its postings';
