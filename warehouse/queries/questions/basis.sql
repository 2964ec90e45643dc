-- What an answer rests on, and what it leaves out.
select count(*) as postings, count(distinct p.company) as companies,
    count(*) filter (l.is_sure and l.track <> 'none') as in_tracks,
    count(*) filter (l.is_sure and l.track = 'none') as none,
    count(*) filter (not l.is_sure) as unsure,
    count(p.pay_low) filter (l.is_sure and l.track <> 'none') as with_pay,
    count(pay_in(
        posting_id, p.pay_low_usd, p.pay_high_usd, $scope
    ).low) filter (l.is_sure and l.track <> 'none'
        and price_level_of(posting_id, $scope) is null) as without_price_level,
    (select max(year) from price_levels) as price_year,
    min(p.last_seen_on) as seen_from, max(p.last_seen_on) as seen_to,
    coalesce(bool_or(p.is_sample), false) as is_sample,
    least_postings() as least_postings, least_companies() as least_companies
from jobs p join labels l using (posting_id)
where posting_id in (from postings_in($scope))
