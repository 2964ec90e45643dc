-- The openings of a scope, one row a job: of one track or all ($track), whose pay reaches $pay_from, that says $visa of
-- visas, asks for $years_up_to years of experience at most, is written in $language, in whose title or text every one of $words
-- begins a word; in the order $sort, the first $most (null: all). Place: the first that the job names
-- inside the scope, else the first it names, cities before wider ones. Pay: what it states for the scope (macro pay_in).
-- all_openings counts the rows without the limit.
with inside as materialized (
    select opening_no from openings_in($scope, $track)
),
signalled as (
    from inside where $visa is null and $years_up_to is null and $language is null
    union all
    select opening_no
    from inside join openings using (opening_no)
    where coalesce($visa, $years_up_to::varchar, $language) is not null and ($visa is null or visa = $visa)
        and ($years_up_to is null or years_asked <= $years_up_to) and ($language is null or language = $language)
),
worded as (
    from signalled where len($words) = 0
    union all
    select opening_no
    from signalled join openings using (opening_no) join postings p using (posting_id)
    where len($words) > 0 and len(list_filter($words, lambda word: not regexp_matches(
        p.title || chr(10) || p.text, '(^|[^\pL\pN])' || regexp_escape(word), 'i'))) = 0
),
chosen as materialized ( -- numbered the newest first: of these no more than are told
    from worded order by opening_no limit (case when $sort = 'newest' and $pay_from is null then $most end)
),
tied as ( -- its ranges of pay for the scope, and how far those are stated from it
    select o.*, list_filter(list_transform(ranges, lambda r: {
        'far': how_far($scope, r.country, r.region, r.city, r.latitude, r.longitude), 'low': r.low, 'high': r.high
    }), lambda r: r.far is not null) as stated
    from chosen join openings o using (opening_no)
),
paid as (
    select *, case when len(stated) > 0 then {
            'low': list_min([{'far': r.far, 'low': r.low} for r in stated]).low,
            'high': list_max([{'near': -r.far, 'high': r.high} for r in stated]).high
        }
        when $scope['kind'] in ('wide_area', 'country', 'region', 'city') and is_of_several then null
        else {'low': pay_low_usd, 'high': pay_high_usd} end as pay
    from tied
),
ordered as (
    select *, row_number() over (order by
        case $sort when 'company' then lower(company) end, case $sort when 'pay' then pay.high end desc nulls last,
        case $sort when 'sure' then probability end desc, opening_no) as place_in_order,
        case when $sort = 'newest' and $pay_from is null then (select count(*) from worded) else count(*) over () end as all_openings
    from paid where $pay_from is null or pay.high >= $pay_from
    qualify $most is null or place_in_order <= $most
),
nearest as ( -- of the places it names
    select *, list_min(list_transform(named, lambda place, number: {
        'is_outside': not lies_in($scope, place.country, place.region, place.city, place.latitude, place.longitude),
        'is_wide': place.city is null, 'number': number, 'place': place
    })).place as at_place
    from ordered
)
select posting_id, title, company, track, probability, at_place.city as city, at_place.region as region,
    at_place.country as country, is_remote, seniority, pay.low as pay_low_usd, pay.high as pay_high_usd, posted_on,
    first_seen_on, last_seen_on, places, url, years_asked, degree, visa, clearance, contract, language, states_pay, days_open,
    is_posted_again, all_openings
from nearest
order by place_in_order
