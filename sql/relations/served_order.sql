-- One row per order served whose subject must notify the police, on the day it was served.
select
    served_on as day, 'force' as source, force_name, area, team, coalesce(order_type, order_kind) as kind, order_kind, served_on,
    notified_on
from protection_order
where served_on is not null and order_type in ('SPO', 'DAPO') and decision in ('granted', 'made by court')
    and order_kind in ('full', 'interim', 'DAPO')
