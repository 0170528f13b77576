-- Applications granted: an interim order and a full one for one person are two.
select
    day, source, force_name, area, team, cast(null as varchar) as offence_code, cast(null as varchar) as offence_sent,
    cast(null as varchar) as offence_group, cast(null as varchar) as vawg_group, cast(null as varchar) as vawg,
    cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, order_kind, cast(null as varchar) as counted_once,
    1 as numerator, cast(null as bigint) as denominator,
    cast(null as double) as value
from order_event
where decision = 'granted'
