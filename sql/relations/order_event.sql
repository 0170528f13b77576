-- One row per decided application for a stalking protection order, on the day it was decided. Other types of order, variations, renewals
-- and orders that nobody of the police asked for are stored and counted by none of its measures; a kind that is not known may be one, so
-- its decision is not known here.
select
    decided_on as day, 'force' as source, force_name, area, team, order_kind,
    decision, subject_id, application_reference, expires_on, is_until_further_order, least(expires_on, discharged_on) as ended_on,
    least(breached_on, first_breached_on) as breached_on, 1 as weight, case when decision = 'unknown' then 1 else 0 end as is_not_known
from (
    select a.* exclude (decision), b.breached_on as first_breached_on,
        case when (a.order_kind = 'unknown' or a.origin = 'unknown') and a.decision in ('granted', 'refused', 'withdrawn')
            then 'unknown' else a.decision end as decision
    from protection_order as a
    left join (select order_thing, min(breached_on) as breached_on from order_breach group by order_thing) as b on b.order_thing = a.thing
) as application
where decided_on is not null and order_kind in ('full', 'interim', 'unknown') and coalesce(origin, 'police') in ('police', 'unknown')
