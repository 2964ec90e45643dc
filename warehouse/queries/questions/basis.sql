-- What an answer rests on, and what it leaves out.
select count(*) as postings, count(distinct p.company) as companies,
    count(*) filter (l.is_sure and l.track <> 'none') as in_tracks,
    count(*) filter (l.is_sure and l.track = 'none') as none,
    count(*) filter (not l.is_sure) as unsure,
    count(p.pay_low_usd) filter (l.is_sure and l.track <> 'none') as with_pay,
    count(*) filter (p.is_remote and l.is_sure and l.track <> 'none') as remote,
    (select count(pay_low_usd) from open_tracks) as with_pay_anywhere,
    (select price_level from price_levels where country = $scope['country']) as price_level,
    (select max(year) from price_levels) as price_year,
    coalesce(min(p.last_seen_on), (select max(fetched_at)::date from fetches)) as seen_from,
    coalesce(max(p.last_seen_on), (select max(fetched_at)::date from fetches)) as seen_to,
    -- of the whole home: an estimate borrows from jobs outside the scope, and they may be invented
    (select coalesce(bool_or(is_sample), false) from jobs) as is_sample
from jobs p join labels l using (posting_id)
where posting_id in (from postings_in($scope))
