-- Of submissions, those answered within 28 days.
select *, case when decision <> 'pending' and decided_on <= day + 28 then 1 else 0 end as numerator, 1 as denominator
from charging_submission
