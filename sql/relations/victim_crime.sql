-- One row per VAWG crime whose victim has an id, on the day it was recorded: is it the second or later of that victim in 365 days?
select
    recorded_on as day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, 'yes' as vawg,
    case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end as domestic_abuse, victim_sex, victim_age_band, victim_id,
    coalesce(lag(recorded_on) over (partition by force_name, victim_id order by recorded_on, thing) >= recorded_on - 365, false)
        as is_repeat
from counted_crime
where source = 'force' and vawg_group is not null and victim_id is not null
