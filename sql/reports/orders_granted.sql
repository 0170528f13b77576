-- The orders granted, one row each, without a reference: for the time line.
select day, force_name, area, team, order_kind
from order_event
where decision = 'granted' and ($area is null or area = $area)
order by day, order_kind
