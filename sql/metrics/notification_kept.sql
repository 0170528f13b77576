-- Of orders served, those notified within three days.
select *, case when notified_on <= day + 3 then 1 else 0 end as numerator, 1 as denominator
from served_order
