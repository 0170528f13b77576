-- Subjects with an order granted: each counts once in a window, on the first grant in it.
select *, subject_id as counted_once, 1 as numerator
from order_event
where decision = 'granted'
