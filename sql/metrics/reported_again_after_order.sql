-- Of full orders granted, those whose subject was reported again within a year.
select *, case when reported_on <= day + 365 then 1 else 0 end as numerator, 1 as denominator
from subject_after_order
