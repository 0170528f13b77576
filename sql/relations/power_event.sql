-- One row per use of a power, on its day. It has the scope of its crime where it names one that counts; else that of its offence, as for a
-- victim whose sex is not known.
select
    p.event_on as day, 'force' as source, p.force_name, coalesce(p.area, c.area) as area, coalesce(p.team, c.team) as team,
    coalesce(p.offence_class, p.offence_code, c.offence_code) as offence_code, p.offence_code as offence_sent,
    coalesce(c.offence_group, o.offence_group) as offence_group,
    coalesce(c.vawg_group, case when c.thing is null and (s.in_scope or s.in_scope_with_abuse and p.domestic_abuse) then s.vawg_group end)
        as vawg_group,
    case when c.vawg_group is not null or c.thing is null and (s.in_scope or s.in_scope_with_abuse and p.domestic_abuse) then 'yes'
        else 'no' end as vawg,
    case when coalesce(p.domestic_abuse, c.domestic_abuse) then 'yes' when not coalesce(p.domestic_abuse, c.domestic_abuse) then 'no' end
        as domestic_abuse,
    p.event, p.suspect_id, p.thing, p.crime_thing, p.expires_on, p.ended_because, 1 as weight,
    case when p.bail_conditions is null then null
        when regexp_matches(lower(p.bail_conditions), '^(n|no|none|nil|0|false|n/a|not applicable|(no|un|without) ?condition.*)$')
            then false else true end
        as has_conditions,
    case when p.event = 'unknown' then 1 else 0 end as is_not_known, c.thing is not null as is_linked
from power as p
left join offence as o on o.offence_class = p.offence_class
left join counted_crime as c on c.source = 'force' and c.thing = p.crime_thing
left join scope_line as s on s.offence_class = p.offence_class and s.victim_sex = 'U'
    and (s.from_day is null or p.event_on >= s.from_day) and (s.until_day is null or p.event_on <= s.until_day)
