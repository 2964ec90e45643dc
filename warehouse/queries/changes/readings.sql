-- The first day on which the boards were read, the last one and the one before that; of a company, its own. Days on which
-- fewer than half as many boards were read as on the fullest one are no readings: somebody asked for a single company.
with days as (
    select fetched_at::date as read_on, count(distinct board_id) as boards
    from fetches join boards using (board_id)
    where outcome in ('read', 'unchanged', 'empty') and coalesce(source, '') not in (select source from sources where is_dated)
        and ($scope['kind'] <> 'company' or company = $scope['company'])
    group by read_on
),
readings as (
    select read_on, row_number() over (order by read_on desc) as ago
    from days where 2 * boards >= (select max(boards) from days)
)
select min(read_on) as first_on, max(read_on) as now_on, max(read_on) filter (ago = 2) as before_on from readings
