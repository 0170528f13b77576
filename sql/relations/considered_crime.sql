-- One row per stalking crime recorded since the first day on which an order was considered for anybody, until the day at which the register
-- stands: when was an order of any kind first considered for it? Of none where no row of the register names a crime.
with considered as (
    select crime_thing as thing, min(considered_on) as considered_on from protection_order
    where crime_thing is not null and considered_on is not null group by crime_thing
),
held as (
    select (select min(p.considered_on) from protection_order as p where p.crime_thing is not null) as from_day,
        (select max(l.as_at) from load as l where l.counts and l.row_table = 'protection_order_row') as to_day
)
select c.recorded_on as day, c.source, c.force_name, c.area, c.team, d.considered_on
from counted_crime as c
cross join held as h
left join considered as d on d.thing = c.thing
where c.source = 'force' and c.vawg_group = 'stalking' and c.recorded_on between h.from_day and h.to_day
