-- The open jobs of a scope that are surely of one of the six tracks, one row a job: of one track or all ($track), whose pay
-- reaches $pay_from, in whose title or text every one of $words begins a word; in the order $sort, the first
-- $most (null: all). Place: the first that the job names inside the scope, else the first it names, cities before wider ones. Pay: what it
-- states for the scope. all_openings counts the rows without the limit.
with chosen as (
    select t.posting_id, p.title, t.company, t.track, l.probability, t.is_remote, t.seniority,
        pay_in(t.posting_id, t.pay_low_usd, t.pay_high_usd, $scope) as pay, coalesce(p.posted_on, p.first_seen_on) as published_on,
        p.posted_on, p.first_seen_on, p.last_seen_on, p.url
    from open_tracks t join postings_in($scope) using (posting_id) join jobs p using (posting_id)
    join labels l using (posting_id)
    where (t.track = $track or $track is null) and len(list_filter($words, lambda word: not regexp_matches(
        p.title || chr(10) || p.text, '(^|[^\pL\pN])' || regexp_escape(word), 'i'))) = 0
),
ordered as (
    select *, row_number() over (order by
        case $sort when 'company' then lower(company) end, case $sort when 'pay' then pay.high end desc nulls last,
        case $sort when 'sure' then probability end desc, published_on desc, company, title, posting_id) as place_in_order,
        count(*) over () as all_openings
    from chosen where $pay_from is null or pay.high >= $pay_from
    qualify $most is null or place_in_order <= $most
),
named as (
    select coalesce(d.same_as, w.posting_id) as posting_id, city, region, country,
        row_number() over (partition by coalesce(d.same_as, w.posting_id) order by
            lies_in($scope, country, region, city, latitude, longitude) desc nulls last, city is null, d.same_as is not null,
            place_no) as nearest,
        coalesce(city, region, name) as place
    from posting_places w left join duplicates d using (posting_id) left join countries using (country)
    where coalesce(d.same_as, w.posting_id) in (select posting_id from ordered)
),
placed as (
    select posting_id, any_value(city) filter (nearest = 1) as city, any_value(region) filter (nearest = 1) as region,
        any_value(country) filter (nearest = 1) as country, string_agg(distinct place, '; ' order by place) as places
    from named group by posting_id
)
select posting_id, title, company, track, probability, city, region, country, is_remote, seniority,
    pay.low as pay_low_usd, pay.high as pay_high_usd, posted_on, first_seen_on, last_seen_on, places, url, all_openings
from ordered left join placed using (posting_id)
order by place_in_order
