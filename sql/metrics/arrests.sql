-- Arrests.
select *, case when event = 'arrest' then 1 else 0 end as numerator, cast(null as integer) as denominator
from power_event
where event = 'arrest'
