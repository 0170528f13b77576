-- Of applications decided, those disclosed.
select *, case when status = 'disclosed' then 1 else 0 end as numerator, 1 as denominator
from disclosure_decision
where status in ('disclosed', 'no_disclosure')
