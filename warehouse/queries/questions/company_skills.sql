-- The skills that a company's open postings name, beside those of the same track at other companies in $market, which
-- is everywhere, narrowed as the company's are.
with market as (
    select posting_id, track, company from open_tracks join postings_in($market) using (posting_id)
    where track = $track or $track is null
)
select beside.*, premium, premium_low, premium_high
from skills_beside_others('market') beside left join skill_pay using (skill)
where company = $scope['company']
order by of_postings desc, track, beside.postings desc, skill
