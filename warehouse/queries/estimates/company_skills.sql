-- The skills that each company's open postings name, beside those of the same track at other companies.
from skills_beside_others('open_tracks')
order by company, of_postings desc, track, postings desc, skill
