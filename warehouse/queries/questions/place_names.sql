-- Names to offer when a place is not known, those with open postings first.
with held as (
    select name, count(*) as weight
    from (select city as name from posting_places union all select region from posting_places)
    group by name
),
known as (
    select name, weight from held where name is not null
    union all
    select name, 0 from countries
    union all
    select city, 0 from gazetteer where population >= 100000
)
select name from known group by name order by max(weight) desc, name
