-- Of stalking crimes, those for which an order was considered within 28 days.
select
    *, case when considered_on <= day + 28 then 1 else 0 end as numerator, 1 as denominator, considered_on as known_on
from considered_crime
