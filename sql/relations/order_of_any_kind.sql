-- One row per protective order or notice of any kind that was decided, on that day: by a court or granted, or in words that are not known
-- and may be either.
select
    decided_on as day, 'force' as source, force_name, area, team, coalesce(order_type, order_kind) as kind, order_kind, stage, origin,
    decision, 1 as weight, case when decision = 'unknown' then 1 else 0 end as is_not_known
from protection_order
where decision in ('granted', 'made by court', 'unknown') and decided_on is not null and coalesce(stage, 'full') <> 'discharged'
