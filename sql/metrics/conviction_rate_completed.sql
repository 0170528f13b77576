-- Of all completed prosecutions, those that ended in a conviction.
select *, weight * case when verdict = 'convicted' then 1 else 0 end as numerator, weight as denominator
from case_result
