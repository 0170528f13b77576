-- Of the crimes recorded, those charged within 180 days of it; cohorts not yet followed so long are left to `measure`.
select *, case when outcome_family = 'charged' and days_to_outcome between 0 and 180 then 1 else 0 end as numerator,
    1 as denominator
from recorded_outcome
where source = 'force'
