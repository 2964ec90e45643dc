-- The companies of which a scope has openings of the six tracks since the day $since and had none before, those with the
-- most first. is_first_reading: their boards were not read before, so that what they have may have stood for long.
with own as (
    select p.company, min(p.first_seen_on) as since_on, count(*) filter (p.closed_on is null) as postings
    from in_scope('jobs', 'job_places', $scope) join jobs p using (posting_id) join labels l using (posting_id)
    where l.is_sure and l.track <> 'none' and p.source not in (select source from sources where is_dated)
    group by p.company
),
read as (
    select company, min(first_read_on) as first_read_on from first_readings() join boards using (board_id) group by company
)
select company, since_on, postings, coalesce(first_read_on >= $since, true) as is_first_reading
from own left join read using (company) where since_on >= $since
order by postings desc, company
