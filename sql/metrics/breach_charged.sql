-- Of breaches that can be charged, those charged: one of a domestic violence protection order is contempt.
select *, case when is_charged then 1 else 0 end as numerator, 1 as denominator
from order_breach_event
where coalesce(order_type, '') not in ('DVPO', 'DVPN')
