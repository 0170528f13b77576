-- Days from charge to the end of the case, for cases finalised in the period.
select *, cast(date_diff('day', charged_on, day) as double) as value
from case_result
where source = 'force' and charged_on is not null
