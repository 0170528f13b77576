-- Of the full orders granted, those breached within 365 days while in force.
select
    *, case when breached_on >= day and breached_on <= least(day + 365, coalesce(ended_on, day + 365)) then 1 else 0 end as numerator,
    1 as denominator
from order_event
where decision = 'granted' and order_kind = 'full'
