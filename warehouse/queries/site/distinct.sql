-- What the open postings of each company name that those of the same track at other companies do not, most apart first.
select company, track, skill, field, postings, of_postings, share_with_skill,
    share_with_skill_low, share_with_skill_high, share_with_skill_elsewhere, share_with_skill_elsewhere_low,
    share_with_skill_elsewhere_high, of_elsewhere, of_companies
from company_skills
where is_distinct
order by company, of_postings desc, track, share_with_skill - share_with_skill_elsewhere desc, skill
