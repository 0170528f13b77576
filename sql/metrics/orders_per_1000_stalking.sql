-- Subjects granted a stalking protection order, over the stalking crimes recorded in the same window.
select *
from order_or_stalking
