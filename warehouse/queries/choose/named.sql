-- How many openings of $track name each of $skills: in the area $scope, and everywhere, of which it is kept; and what is paid with it.
with inside as materialized (
    select opening_no from openings_in($scope, $track) where $scope['kind'] <> 'world' or is_narrowed($scope)
),
here as (
    select skill, count(*) as postings
    from inside join openings using (opening_no) join posting_skills using (posting_id)
    where list_contains($skills, skill) group by skill
),
everywhere as (
    select skill, postings from skill_demand where area_kind = 'world' and track = $track
),
of_everywhere as (
    select coalesce(sum(postings), 0)::bigint as postings from estimates where kind = 'world' and level = 'all' and track = $track
)
select s.skill, case when $scope['kind'] = 'world' and not is_narrowed($scope) then coalesce(w.postings, 0)
        else coalesce(h.postings, 0) end as postings,
    case when $scope['kind'] = 'world' and not is_narrowed($scope) then o.postings else (select count(*) from inside) end as of_postings,
    coalesce(w.postings, 0) as everywhere, o.postings as of_everywhere,
    premium, premium_low, premium_high
from (select unnest($skills) as skill) s left join here h using (skill) left join everywhere w using (skill)
    left join skill_pay using (skill) cross join of_everywhere o
