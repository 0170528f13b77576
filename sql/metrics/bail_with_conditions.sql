-- Of releases on bail, those with a condition.
select *, case when coalesce(has_conditions, false) then 1 else 0 end as numerator, 1 as denominator
from power_event
where event = 'bail'
