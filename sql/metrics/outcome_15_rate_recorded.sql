-- Of the crimes recorded, those now at outcome 15.
select *, weight * case when outcome_code = '15' then 1 else 0 end as numerator, weight as denominator
from recorded_outcome
