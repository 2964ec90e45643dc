-- What the open postings of each company name that those of the same track at other companies do not, most apart first, and
-- what each is worth everywhere.
select company, track, skill, field, c.postings, of_postings, share_with_skill,
    share_with_skill_low, share_with_skill_high, share_with_skill_elsewhere, share_with_skill_elsewhere_low,
    share_with_skill_elsewhere_high, of_elsewhere, of_companies, premium, premium_low, premium_high
from company_skills c left join skill_pay using (skill)
where is_distinct
order by company, of_postings desc, track, share_with_skill - share_with_skill_elsewhere desc, skill
