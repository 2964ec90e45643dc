-- How many times its share in all areas of a kind the share of a track in one area is (location quotient), from the name of
-- a table (kind, area, track, company, posting_id). The 95 % interval is by linearisation of its logarithm over companies;
-- where each company has one posting in one area, it is that of Moineddin, Beyene and Boyle 2003 (Geogr. Anal. 35:249).
create or replace macro quotients_of(placed) as table
with rows as (
    from query_table(placed)
),
of_company as (
    select kind, company, count(distinct posting_id) as all_n from rows group by kind, company
),
of_track as (
    select kind, company, track, count(distinct posting_id) as track_n from rows group by kind, company, track
),
of_area as (
    select kind, area, company, count(*) as area_n from rows group by kind, area, company
),
of_both as (
    select kind, area, track, company, count(*) as n from rows group by kind, area, track, company
),
cells as (
    select kind, area, track, sum(n) as postings, count(*) as companies from of_both group by kind, area, track
    having is_shown('area', sum(n), count(*))
),
by_company as (
    select c.*, coalesce(n, 0) as n, coalesce(area_n, 0) as area_n, coalesce(track_n, 0) as track_n, all_n,
        sum(area_n) over in_cell as area_postings, sum(track_n) over in_cell as track_postings,
        sum(all_n) over in_cell as all_postings
    from cells c join of_company using (kind)
    left join of_track using (kind, company, track)
    left join of_area using (kind, area, company)
    left join of_both using (kind, area, track, company)
    window in_cell as (partition by kind, area, track)
),
quotients as (
    select kind, area, track, any_value(postings)::bigint as postings, any_value(companies) as companies,
        any_value((postings / area_postings) / (track_postings / all_postings)) as quotient,
        sqrt(sum(pow(n / postings - area_n / area_postings - track_n / track_postings + all_n / all_postings, 2))) as error
    from by_company group by kind, area, track
)
select kind, area, track, postings, companies, quotient, quotient * exp(-1.96 * error) as quotient_low,
    quotient * exp(1.96 * error) as quotient_high
from quotients;
comment on macro table quotients_of is 'Location quotients with 95 % intervals; placed names a table (kind, area, track, company, posting_id)';
