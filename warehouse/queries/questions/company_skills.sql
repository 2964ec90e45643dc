-- The skills that a company's open postings name, beside those of the same track at other companies in $market, which
-- is everywhere, narrowed as the company's are.
with market as (
    select posting_id, track, company from open_tracks join postings_in($market) using (posting_id)
    where track = $track or $track is null
)
from skills_beside_others('market')
where company = $scope['company']
order by of_postings desc, track, postings desc, skill
