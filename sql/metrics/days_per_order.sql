-- Subjects granted an order; the window's days are divided by them in the summarising query.
select *, subject_id as counted_once, 1 as denominator
from order_event
where decision = 'granted'
