-- The remote openings of each track that somebody in the area $scope may take beside those in it: those that name the
-- area's country, or no country.
select t.track, count(*) as postings
from open_tracks t anti join postings_in($scope) using (posting_id)
where t.is_remote and ($scope['country'] is null or not exists (
    select 1 from job_places w where w.posting_id = t.posting_id and w.country is not null
) or exists (select 1 from job_places w where w.posting_id = t.posting_id and w.country = $scope['country']))
group by t.track
