-- One row per order served whose subject must notify the police, on the day it was served; none where the register says no notification.
select
    served_on as day, 'force' as source, force_name, area, team, coalesce(order_type, order_kind) as kind, order_kind, served_on,
    notified_on
from protection_order
cross join (select count(*) > 0 as is_said from protection_order as one where one.notified_on is not null) as notification
where is_said and served_on is not null and order_type in ('SPO', 'DAPO') and decision in ('granted', 'made by court')
    and order_kind in ('full', 'interim', 'DAPO')
