-- One row per VAWG crime whose suspect has an id, on the day it was recorded: is it the second or later of that suspect in 365 days, and
-- how many victims had the suspect's crimes of these days? A crime without the id of its victim adds none.
select
    recorded_on as day, source, force_name, area, team, offence_code, offence_sent, offence_group, vawg_group, 'yes' as vawg,
    case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end as domestic_abuse, suspect_id,
    coalesce(lag(recorded_on) over (partition by force_name, suspect_id order by recorded_on, thing) >= recorded_on - 365, false)
        as is_repeat,
    count(distinct victim_id) over (
        partition by force_name, suspect_id order by recorded_on range between interval 365 day preceding and current row) as victims
from counted_crime
where source = 'force' and vawg_group is not null and suspect_id is not null
