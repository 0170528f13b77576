-- Of the crimes recorded, those charged so far.
select *, weight * case when outcome_family = 'charged' then 1 else 0 end as numerator, weight as denominator
from recorded_outcome
