-- Months of determinate immediate custody, for defendants convicted in the period.
select *, sentence_months as value
from case_result
where source = 'force' and verdict = 'convicted' and sentence_kind = 'immediate_custody' and sentence_months > 0
