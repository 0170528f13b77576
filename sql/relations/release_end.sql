-- One row per release on bail or under investigation that is over, on the day it ended: by the next decision on the same suspect in the
-- same investigation, or, of bail, by its expiry before the day that the data stands at.
with stands as (select max(as_at) as as_at from load where counts and row_table = 'power_row'),
release as (
    select * from power_event where event in ('bail', 'rui')
),
followed as (
    select
        r.thing, min(case when e.event <> 'bail_extension' then e.day end) as ended_on, max(case when e.event = 'bail_extension'
            then e.expires_on end) as extended_to,
        bool_or(e.event = 'bail_ended' and e.ended_because = 'lapsed') as is_said_lapsed
    from release as r
    inner join power_event as e on e.force_name = r.force_name and e.suspect_id = r.suspect_id
        and coalesce(e.crime_thing, 0) = coalesce(r.crime_thing, 0) and e.day >= r.day and e.thing <> r.thing
        and e.event in ('bail_extension', 'bail_ended', 'charged', 'refused_charge_nfa', 'rui', 'bail')
    group by r.thing
)
select
    coalesce(f.ended_on, case when r.event = 'bail' and greatest(r.expires_on, f.extended_to) < s.as_at
        then greatest(r.expires_on, f.extended_to) end) as day,
    r.* exclude (day), r.day as began_on, f.ended_on,
    r.event = 'bail' and (coalesce(f.is_said_lapsed, false)
        or coalesce(greatest(r.expires_on, f.extended_to) < coalesce(f.ended_on, s.as_at), false)) as is_lapsed
from release as r
cross join stands as s
left join followed as f on f.thing = r.thing
where f.ended_on is not null or r.event = 'bail' and greatest(r.expires_on, f.extended_to) < s.as_at
