-- Grants, whose distinct days are set against each other in the summarising query.
select *
from order_event
where decision = 'granted'
