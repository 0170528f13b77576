-- Of the applications decided, those granted; pending ones are in neither.
select *, case when decision = 'granted' then 1 else 0 end as numerator, 1 as denominator
from order_event
where decision in ('granted', 'refused', 'withdrawn')
