-- Subjects granted an order; the window's days are divided by them in the summarising query.
select
    day, source, force_name, area, team, cast(null as varchar) as offence_code, cast(null as varchar) as offence_sent,
    cast(null as varchar) as offence_group, cast(null as varchar) as vawg_group, cast(null as varchar) as vawg,
    cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, order_kind, subject_id as counted_once,
    cast(null as bigint) as numerator, 1 as denominator,
    cast(null as double) as value
from order_event
where decision = 'granted'
