-- One row per crime recorded whose suspect is named, on the day it was recorded, since the first day of the arrests that are held: when
-- was somebody first arrested for it? Of all crimes where no crime names a suspect.
with arrested as (
    select crime_thing, min(day) as arrested_on from power_event where event = 'arrest' and crime_thing is not null group by crime_thing
),
held as (
    select (select min(p.event_on) from power as p) as from_day,
        (select max(l.as_at) from load as l where l.counts and l.row_table = 'power_row') as to_day
),
named as (select count(suspect_id) > 0 as is_said from counted_crime where source = 'force')
select
    c.recorded_on as day, c.source, c.force_name, c.area, c.team, c.offence_code, c.offence_sent, c.offence_group, c.vawg_group,
    case when c.vawg_group is null then 'no' else 'yes' end as vawg,
    case when c.domestic_abuse then 'yes' when not c.domestic_abuse then 'no' end as domestic_abuse, a.arrested_on
from counted_crime as c
cross join held as h
cross join named as n
left join arrested as a on a.crime_thing = c.thing
where c.source = 'force' and c.recorded_on between h.from_day and h.to_day and (c.suspect_id is not null or not n.is_said)
