-- What the open postings of each company name that those of the same track at other companies do not, most apart first.
select company, track, skill, field, postings, of_postings, share, share_low, share_high, share_elsewhere,
    share_elsewhere_low, share_elsewhere_high, of_elsewhere, of_companies
from skills_beside_others('open_tracks')
where is_distinct
order by company, of_postings desc, track, share - share_elsewhere desc, skill
