-- Of the applications decided, those whose decision is not known; in the shape of a metric, so that it is asked at the same cuts.
select
    day, source, force_name, area, team, cast(null as varchar) as offence_code, cast(null as varchar) as offence_sent,
    cast(null as varchar) as offence_group, cast(null as varchar) as vawg_group, cast(null as varchar) as vawg,
    cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, order_kind, cast(null as varchar) as counted_once,
    case when decision = 'unknown' then 1 else 0 end as numerator, 1 as denominator,
    cast(null as double) as value
from order_event
