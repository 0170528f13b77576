-- The orders and notices in force on a day, by type: granted or made by then, not discharged, and not yet at their end.
select
    coalesce(order_type, order_kind) as order_type, count(*) as in_force,
    count(*) filter (expires_on between $day and $day + interval 60 day) as ending_soon,
    count(*) filter (expires_on is null) as without_end
from protection_order
where decision in ('granted', 'made by court') and decided_on <= $day and coalesce(expires_on >= $day, true)
    and coalesce(discharged_on > $day, true) and coalesce(stage, 'full') not in ('varied', 'discharged')
    and ($area is null or list_contains($area, area))
group by all order by in_force desc, order_type asc
