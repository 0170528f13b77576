-- One row per submission of a suspect to the Crown Prosecution Service, on the day of submission, with the scope of its crime.
select
    h.submitted_on as day, 'force' as source, h.force_name, coalesce(h.area, c.area) as area, coalesce(h.team, c.team) as team,
    c.offence_code, c.offence_sent, c.offence_group, c.vawg_group, case when c.vawg_group is null then 'no' else 'yes' end as vawg,
    case when c.domestic_abuse then 'yes' when not c.domestic_abuse then 'no' end as domestic_abuse,
    replace(h.kind, '_', ' ') as kind,
    h.triage, coalesce(h.decision, 'pending') as decision, h.submitted_on, h.decided_on, h.suspect_id, 1 as weight,
    min(h.submitted_on) over (partition by h.force_name, h.suspect_id, coalesce(h.crime_thing, h.thing)) as first_submitted_on,
    row_number() over (partition by h.force_name, h.suspect_id, coalesce(h.crime_thing, h.thing) order by h.submitted_on, h.thing)
        as submission_number,
    case when h.decision = 'unknown' then 1 else 0 end as is_not_known
from charging as h
left join counted_crime as c on c.source = 'force' and c.thing = h.crime_thing
