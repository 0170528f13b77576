-- One row per crime recorded (weighted for the Home Office), on the day it was recorded; open crimes too. Of data.police.uk the month and
-- its kind of crime alone.
select
    recorded_on as day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group,
    case when vawg_group is null then 'no' else 'yes' end as vawg, victim_sex,
    case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end as domestic_abuse, victim_age_band, victim_ethnicity,
    victim_disability, victim_religion, victim_sexual_orientation,
    outcome_code, outcome_family, recorded_weight as weight,
    case when outcome_family = 'not_known' then 1 else 0 end as is_not_known,
    case when source = 'force' then outcome_on end as known_on,
    case when source = 'force' and is_assigned and outcome_on is not null
        then greatest(date_diff('day', recorded_on, outcome_on), 0) end
        as days_to_outcome, is_stalking_included
from counted_crime
where recorded_weight is not null
union all
select
    month, 'police_uk', force_name, null, null, null, null, crime_type, null, 'no', null, null, null, null, null, null, null, null,
    'open', 1, 0, null, null, null
from police_uk_street
where crime_type <> 'Anti-social behaviour'
