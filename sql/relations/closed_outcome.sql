-- One row per outcome assigned (weighted for the Home Office), on the day it was assigned; days since recording. Of data.police.uk what a
-- court did after a charge is no outcome of the police, and one label stands for outcomes 14, 15 and 16.
select
    outcome_on as day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group,
    case when vawg_group is null then 'no' else 'yes' end as vawg, victim_sex,
    case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end as domestic_abuse, victim_age_band, victim_ethnicity,
    victim_disability, victim_religion, victim_sexual_orientation,
    outcome_code, outcome_family, closed_weight as weight,
    case when outcome_family = 'not_known' then 1 else 0 end as is_not_known,
    case when source = 'force' then greatest(date_diff('day', recorded_on, outcome_on), 0) end as days_to_outcome
from counted_crime
where is_assigned and outcome_on is not null and closed_weight is not null
union all
select
    month, 'police_uk', force_name, null, null, null, null, null, null, 'no', null, null, null, null, null, null, null, null,
    case outcome when 'no suspect' then 'no_suspect' else replace(outcome, ' ', '_') end, 1,
    case outcome when 'unknown' then 1 else 0 end, null
from police_uk_outcome
where outcome not in ('court', 'open')
