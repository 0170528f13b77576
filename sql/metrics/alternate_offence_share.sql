-- Of the charges and summonses assigned, those for an alternate offence.
select *, weight * case when outcome_code = '1A' then 1 else 0 end as numerator, weight as denominator
from closed_outcome
where outcome_family = 'charged'
