-- Of all completed prosecutions, those that ended before a verdict: discontinued, withdrawn or dismissed.
select *, weight * case when result in ('discontinued', 'withdrawn', 'dismissed') then 1 else 0 end as numerator, weight as denominator
from case_result
where source = 'force'
