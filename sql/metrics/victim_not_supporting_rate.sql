-- Of the outcomes assigned, those where the victim does not support action.
select *, weight * case when outcome_family = 'victim_not_supporting' then 1 else 0 end as numerator,
    weight as denominator
from closed_outcome
