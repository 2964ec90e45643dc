-- Openings of each track in every area that has enough of them ($least_postings of $least_companies companies): the
-- world, remote jobs, countries, first-level regions, cities, and the metropolitan areas $metros, circles around their
-- main cities.
with metros as (
    select m.metro, m.within_km, g.*
    from (
        select unnest($metros) as metro, unnest($metro_cities) as city, unnest($metro_countries) as country,
            unnest($metro_km) as within_km
    ) m join gazetteer g using (city, country)
    qualify row_number() over (partition by m.metro order by g.population desc) = 1
),
inside as (
    select 'world' as kind, null as country, null as region, null as city, posting_id from open_tracks
    union all
    select 'remote', null, null, null, posting_id from open_tracks where is_remote
    union all
    select distinct 'country', country, null, null, posting_id from job_places where country is not null
    union all
    select distinct 'region', country, region, null, posting_id from job_places where region is not null
    union all
    select distinct 'city', country, region, city, posting_id from job_places where city is not null
    union all
    select distinct 'metro', m.country, null, m.metro, w.posting_id
    from metros m join job_places w on lies_in(
        scope_of('city', country := m.country, region := m.region, city := m.city, latitude := m.latitude,
            longitude := m.longitude, within_km := m.within_km),
        w.country, w.region, w.city, w.latitude, w.longitude)
),
counted as (
    select {'kind': i.kind, 'country': i.country, 'region': i.region, 'city': i.city} as base, t.track, t.company as unit,
        t.company
    from inside i join open_tracks t using (posting_id)
),
enough as (
    select base from counted group by base
    having count(*) >= $least_postings and count(distinct company) >= $least_companies
)
select base.kind as kind, base.country as country, base.region as region, base.city as city, track, postings, companies,
    share, share_low, share_high
from all_shares_of('counted', $tracks) where base in (from enough)
order by kind, country, region, city, track
