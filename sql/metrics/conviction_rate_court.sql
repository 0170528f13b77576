-- Of the defendants whose case ended in a verdict or plea, those convicted.
select *, weight * case when verdict = 'convicted' then 1 else 0 end as numerator, weight as denominator
from case_result
where source = 'force' and verdict in ('convicted', 'acquitted')
