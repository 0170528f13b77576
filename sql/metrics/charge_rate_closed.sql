-- Of the outcomes assigned, charges.
select *, weight * case when outcome_family = 'charged' then 1 else 0 end as numerator, weight as denominator
from closed_outcome
