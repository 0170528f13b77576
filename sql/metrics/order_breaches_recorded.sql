-- Breaches of orders.
select *, 1 as numerator, cast(null as integer) as denominator
from order_breach_event
