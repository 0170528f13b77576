-- Days from application to the decision.
select *, cast(date_diff('day', applied_on, day) as double) as value
from disclosure_decision
where status in ('disclosed', 'no_disclosure')
