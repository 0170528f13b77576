-- Of the crimes recorded, those that the VAWG scope counts.
select *, weight * case when vawg = 'yes' then 1 else 0 end as numerator, weight as denominator
from recorded_outcome
