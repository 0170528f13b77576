-- Of the crimes recorded, those whose outcome is not known; in the shape of a metric, so that it is asked at the same cuts.
select
    day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, vawg, victim_sex,
    domestic_abuse, cast(null as varchar) as order_kind, cast(null as varchar) as counted_once,
    weight * case when outcome_family = 'not_known' then 1 else 0 end as numerator,
    weight as denominator, cast(null as double) as value
from recorded_outcome
