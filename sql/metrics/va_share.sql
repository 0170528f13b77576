-- Of arrests and voluntary attendances, the attendances.
select *, case when event = 'voluntary_attendance' then 1 else 0 end as numerator, 1 as denominator
from power_event
where event in ('arrest', 'voluntary_attendance')
