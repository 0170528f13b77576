-- Of releases on bail or under investigation, those on bail.
select *, case when event = 'bail' then 1 else 0 end as numerator, 1 as denominator
from power_event
where event in ('bail', 'rui')
