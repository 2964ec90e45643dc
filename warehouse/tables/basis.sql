with open_jobs as (
    select p.*, l.is_sure and l.track <> 'none' as is_in, l.is_sure and l.track = 'none' as is_none, not l.is_sure as is_unsure
    from jobs p join labels l using (posting_id)
    where p.closed_on is null
),
counted as (
    select kind, p.company, country, region, city, count(j.posting_id) as postings, count(distinct j.company) as companies,
        count(*) filter (is_in) as in_tracks, count(*) filter (is_none) as none, count(*) filter (is_unsure) as unsure,
        count(pay_low_usd) filter (is_in) as with_pay, count(*) filter (is_remote and is_in) as remote,
        coalesce(bool_or(is_sample), false) as is_sample, min(last_seen_on) as seen_from, max(last_seen_on) as seen_to
    from placed_in('jobs') p left join open_jobs j using (posting_id)
    group by all
),
cells as (
    select c.*, cell_key(scope) as cell, cell_key(lies_within(scope, h.country)) as parent, h.country as hires_in,
        coalesce(city, region, n.name, c.country, c.company, 'everywhere') as called, n.name as country_name,
        case when kind = 'city' and not exists (
            from gazetteer g where g.country = c.country and g.city = c.city and (c.region is null or g.region = c.region)
        ) then folded(city) end as unlisted_as
    from (select *, scope_of(kind, company := company, country := country, region := region, city := city) as scope from counted) c
    left join countries n on n.country = c.country left join company_countries h on h.company = c.company
),
first as (
    select c.cell, p.parent, p.called, p.country_name, p.in_tracks from cells c join cells p on p.cell = c.parent
),
second as (
    select f.cell, p.parent, p.called, p.country_name, p.in_tracks from first f join cells p on p.cell = f.parent
),
rungs as (
    select 0 as rung, cell, called, country_name, in_tracks from cells
    union all
    select 1, cell, called, country_name, in_tracks from first
    union all
    select 2, cell, called, country_name, in_tracks from second
    union all
    select 3, s.cell, p.called, p.country_name, p.in_tracks from second s join cells p on p.cell = s.parent
),
lies_in_these as (
    select cell, list({'name': called, 'openings': in_tracks} order by rung) filter (rung > 0) as around
    from (
        from rungs
        -- not a region that has no more than its city, as Berlin, nor a country that has no more than its region
        qualify (country_name, in_tracks) is distinct from lag((country_name, in_tracks)) over (partition by cell order by rung)
    )
    group by cell
)
select c.* exclude (scope, cell, parent, called, country_name), coalesce(around, []) as around
from cells c left join lies_in_these using (cell)
order by kind, company, country, region, city
