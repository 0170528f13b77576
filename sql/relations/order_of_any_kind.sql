-- One row per protective order or notice of any kind that was granted or made by a court, on that day.
select
    decided_on as day, 'force' as source, force_name, area, team, coalesce(order_type, order_kind) as kind, order_kind, stage, origin
from protection_order
where decision in ('granted', 'made by court') and decided_on is not null and coalesce(stage, 'full') <> 'discharged'
