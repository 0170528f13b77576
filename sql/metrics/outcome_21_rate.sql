-- Of the outcomes assigned, outcome 21.
select
    day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, vawg, victim_sex,
    domestic_abuse, cast(null as varchar) as order_kind, cast(null as varchar) as counted_once,
    weight * case when outcome_code = '21' then 1 else 0 end as numerator,
    weight as denominator, cast(null as double) as value
from closed_outcome
