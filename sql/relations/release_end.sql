-- One row per release on bail or under investigation that is over, on the day it ended. Under investigation it ends by the decision on the
-- same suspect in the same investigation; on bail by that, by a later release, by what its own row says, or by its expiry before the day
-- that the data stands at: then it has lapsed.
with stands as (select max(as_at) as as_at from load where counts and row_table = 'power_row'),
release as (
    select * from power_event where event in ('bail', 'rui')
),
followed as (
    select
        r.thing, min(case when e.event <> 'bail_extension' then e.day end) as ended_on,
        max(case when e.event = 'bail_extension' then e.expires_on end) as extended_to,
        bool_or(e.event = 'bail_ended' and e.ended_because = 'lapsed') as is_said_lapsed
    from release as r
    inner join power_event as e on e.force_name = r.force_name and e.suspect_id = r.suspect_id
        and coalesce(e.crime_thing, 0) = coalesce(r.crime_thing, 0) and e.thing <> r.thing
        and (e.event in ('charged', 'refused_charge_nfa') and e.day >= r.day
            or r.event = 'bail' and (e.event in ('bail_extension', 'bail_ended', 'unknown') and e.day >= r.day
                or e.event in ('rui', 'bail') and e.day > r.day))
    group by r.thing
),
judged as (
    select
        r.* exclude (day), r.day as began_on, f.ended_on,
        case when r.event = 'bail' then greatest(r.expires_on, f.extended_to) end as runs_to,
        coalesce(f.is_said_lapsed, false) or coalesce(r.ended_because = 'lapsed', false) as is_said_lapsed,
        coalesce(r.ended_because not in ('lapsed', 'unknown'), false) as is_said_ended, s.as_at
    from release as r
    cross join stands as s
    left join followed as f on f.thing = r.thing
)
select
    *, coalesce(ended_on, runs_to) as day,
    event = 'bail' and not is_said_ended and (is_said_lapsed or coalesce(runs_to < coalesce(ended_on, as_at), false)) as is_lapsed
from judged
where ended_on is not null or event = 'bail' and (runs_to < as_at or (is_said_ended or is_said_lapsed) and runs_to <= as_at)
