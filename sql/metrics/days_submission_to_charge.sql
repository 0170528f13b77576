-- Days from the first submission to the decision to charge.
select *, cast(date_diff('day', first_submitted_on, decided_on) as double) as value
from charging_decision
where decision = 'charge'
