-- Of the crimes recorded, those charged within 90 days of it; cohorts not yet followed so long are left to `measure`.
select
    day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, vawg, victim_sex,
    domestic_abuse, cast(null as varchar) as order_kind, cast(null as varchar) as counted_once,
    case when outcome_family = 'charged' and days_to_outcome between 0 and 90 then 1 else 0 end as numerator,
    1 as denominator, cast(null as double) as value
from recorded_outcome
where source = 'force'
