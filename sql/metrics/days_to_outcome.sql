-- Days from recording to the outcome, for crimes given one in the period.
select
    day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, vawg, victim_sex,
    domestic_abuse, cast(null as varchar) as order_kind, cast(null as varchar) as counted_once,
    cast(null as bigint) as numerator, cast(null as bigint) as denominator, cast(days_to_outcome as double) as value
from closed_outcome
where days_to_outcome is not null and outcome_family <> 'not_known'
