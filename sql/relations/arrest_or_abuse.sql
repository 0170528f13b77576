-- Arrests for domestic abuse and crimes of domestic abuse, one row each, to be set against each other: the arrest on its day, the crime
-- on the day it was recorded; both from the first whole month of which arrests are held to the day that they stand at.
with held as (
    select
        cast(date_trunc('month', first_on) + case when day(first_on) > 1 then interval 1 month else interval 0 month end as date)
            as from_day,
        to_day
    from (
        select (select min(p.event_on) from power as p) as first_on,
            (select max(l.as_at) from load as l where l.counts and l.row_table = 'power_row') as to_day
    ) as days
)
select e.day, e.source, e.force_name, e.area, e.team, 1 as numerator, cast(null as integer) as denominator
from power_event as e
cross join held as h
where e.event = 'arrest' and e.domestic_abuse = 'yes' and e.day >= h.from_day
union all
select c.day, c.source, c.force_name, c.area, c.team, null, 1
from recorded_outcome as c
cross join held as h
where c.source = 'force' and c.domestic_abuse = 'yes' and c.day between h.from_day and h.to_day
