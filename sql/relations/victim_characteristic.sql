-- One row per crime recorded and characteristic of its victim, on the day the crime was recorded: is it known, did the victim decline
-- to say, was it not asked (or says the field nothing), or is the field blank?
select
    c.recorded_on as day, c.source, c.force_name, c.area, c.team, c.offence_code, c.offence_sent, c.offence_group, c.vawg_group,
    case when c.vawg_group is null then 'no' else 'yes' end as vawg,
    case when c.domestic_abuse then 'yes' when not c.domestic_abuse then 'no' end as domestic_abuse, c.characteristic,
    case when c.cell is null then 'blank' else coalesce(u.state, 'known') end as state
from (
    select
        crime.*, kind.characteristic,
        case kind.characteristic
            when 'sex' then crime.victim_sex when 'age' then cast(crime.victim_age as varchar)
            when 'ethnicity' then crime.ethnicity_sent when 'disability' then crime.disability_sent
            when 'religion' then crime.religion_sent when 'sexual_orientation' then crime.orientation_sent end as cell
    from counted_crime as crime
    cross join (
        select unnest(['sex', 'age', 'ethnicity', 'disability', 'religion', 'sexual_orientation']) as characteristic) as kind
    where crime.source = 'force'
) as c
left join unsaid_word as u on u.word = upper(c.cell)
