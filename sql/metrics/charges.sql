-- Charges and summonses assigned.
select *, weight as numerator
from closed_outcome
where outcome_family = 'charged'
