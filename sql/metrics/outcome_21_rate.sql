-- Of the outcomes assigned, outcome 21.
select *, weight * case when outcome_code = '21' then 1 else 0 end as numerator, weight as denominator
from closed_outcome
