-- The six tracks among the open postings of a scope: as counted, and corrected for the model's known errors; what they pay.
-- Pay is in US dollars or, where $in_ppp, in international dollars: without the postings whose price level is not known.
-- A row under the least postings or companies is withheld: it shows no figure.
with counted as (
    select 0 as base, t.track, t.company, drawn_unit($scope['kind'], posting_id, t.company) as unit
    from open_tracks t join postings_in($scope) using (posting_id)
),
shown as (
    from shares_of('counted') where is_shown($scope['kind'], postings, companies)
),
stated as (
    select s.* replace (pay_mid / case when $in_ppp then price_level_of(posting_id, $scope) else 1 end as pay_mid)
    from pay_stated_in($scope) s
),
stating as (
    select base as track, count(pay_mid) as with_pay from stated group by base
),
paid as (
    from pay_of('stated') where is_shown($scope['kind'], with_pay, pay_companies)
),
found as (
    select 0 as base, j.company, l.track as predicted, count(*) as postings
    from postings_in($scope) join jobs j using (posting_id) join labels l using (posting_id)
    where not is_clearly_none(l.track, l.probability) group by all
),
corrected as (
    from corrected_of('found') join (select track from shown) using (track) where is_corrected_shown(of_postings)
)
select track, s.postings, s.companies, share, share_low, share_high, round(corrected, 1) as corrected, round(corrected_low, 1) as corrected_low,
    round(corrected_high, 1) as corrected_high,
    w.with_pay, w.with_pay / s.postings as share_with_pay, pay_q1, pay_mid, pay_q3, pay_mid_low, pay_mid_high,
    s.postings is null as is_withheld
from (select unnest($tracks) as track)
left join shown s using (track) left join stating w on w.track = s.track
left join corrected c on c.track = s.track left join paid p on p.base = s.track
order by s.postings desc nulls last, track
