-- Applications granted: an interim order and a full one for one person are two.
select *, 1 as numerator
from order_event
where decision = 'granted'
