-- Of the defendants whose case ended in a verdict or plea, those convicted.
select
    day, source, force_name, area, cast(null as varchar) as team, offence_code, offence_sent, offence_group, vawg_group, vawg,
    cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, cast(null as varchar) as order_kind,
    cast(null as varchar) as counted_once, weight * case when verdict = 'convicted' then 1 else 0 end as numerator,
    weight as denominator, cast(null as double) as value
from case_result
where source = 'force' and verdict in ('convicted', 'acquitted')
