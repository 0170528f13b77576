-- Of decisions to charge or not to, the charges.
select *, case when decision = 'charge' then 1 else 0 end as numerator, 1 as denominator
from charging_decision
where decision in ('charge', 'nfa_evidential', 'nfa_public_interest', 'nfa_not_said')
