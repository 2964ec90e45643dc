-- The openings of the six tracks in a scope that appeared, closed or changed their pay on the day $since or later, one row a
-- change, the newest first, the first $most (null: all). What stood on a board on the first day it was read did not appear.
-- Place: the first inside the scope. Pay: all that the job states; before, for a change of pay. all_of_kind counts the
-- rows of its kind without the limit.
with of_scope as (
    select p.*, l.track, b.is_new
    from in_scope('jobs', 'job_places', $scope) join jobs p using (posting_id) join labels l using (posting_id)
    join (from jobs_on_boards()) b using (posting_id)
    where l.is_sure and l.track <> 'none'
),
paid as (
    select coalesce(d.same_as, c.posting_id) as job_id, c.*
    from pay_changes c left join duplicates d using (posting_id)
    -- the cities of one job change their pay together
    qualify row_number() over (partition by job_id, changed_on order by c.posting_id <> job_id, c.posting_id) = 1
),
changed as (
    select posting_id, 'appeared' as change, first_seen_on as changed_on, pay_low_usd, pay_high_usd,
        null::double as pay_low_usd_before, null::double as pay_high_usd_before
    from of_scope where is_new
    union all
    select posting_id, 'closed', closed_on, pay_low_usd, pay_high_usd, null, null from of_scope where closed_on is not null
    union all
    select job_id, 'pay', changed_on, pay_low_usd, pay_high_usd, pay_low_usd_before, pay_high_usd_before from paid
),
chosen as (
    select c.*, o.* exclude (posting_id, pay_low_usd, pay_high_usd), count(*) over (partition by change) as all_of_kind,
        row_number() over (order by changed_on desc, change, company, title, posting_id) as place_in_order
    from changed c join of_scope o using (posting_id) where changed_on >= $since
    qualify $most is null or place_in_order <= $most
),
placed as (
    select posting_id, city, region, country from job_places
    where posting_id in (select posting_id from chosen)
    qualify row_number() over (partition by posting_id order by
        lies_in($scope, country, region, city, latitude, longitude) desc nulls last, city is null, country, region, city) = 1
)
select changed_on, change, posting_id, title, company, track, seniority, city, region, country, is_remote,
    pay_low_usd_before, pay_high_usd_before, pay_low_usd, pay_high_usd, url, all_of_kind
from chosen left join placed using (posting_id)
order by place_in_order
