-- Submissions against suspects submitted for the first time.
select *, 1 as numerator, case when submission_number = 1 then 1 else 0 end as denominator
from charging_submission
