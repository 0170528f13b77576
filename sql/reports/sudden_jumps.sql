-- Months in which an area recorded far more or fewer crimes than its median of the twelve before: by more than a third,
-- and by more than four standard deviations of a count. The month the data stands in is not over and is left out.
with monthly as (
    select area, year(recorded_on) * 12 + month(recorded_on) - 1 as m, count(*) as crimes
    from crime where area is not null group by all
),
judged as (
    select now.area, now.m, now.crimes, median(past.crimes) as usual
    from monthly as now
    inner join monthly as past on past.area = now.area and past.m between now.m - 12 and now.m - 1
    where now.m <= $last_month
    group by now.area, now.m, now.crimes
    having count(*) >= 6
)
select area, make_date(cast(floor(m / 12) as integer), cast(m % 12 as integer) + 1, 1) as month, crimes, usual
from judged
where abs(crimes - usual) > 4 * sqrt(greatest(usual, 1)) and abs(crimes - usual) > usual / 3
order by month desc, area asc
