-- Of cases at the conference, those that came again.
select *, case when is_repeat then 1 else 0 end as numerator, 1 as denominator
from marac_case
