-- Of the defendants convicted whose sentence is known, those sent to custody at once.
select *, case when sentence_kind in ('immediate_custody', 'extended', 'life') then 1 else 0 end as numerator, 1 as denominator
from case_result
where source = 'force' and verdict = 'convicted' and sentence_kind is not null
