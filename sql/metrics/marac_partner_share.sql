-- Of cases at the conference, those that partners referred.
select *, case when is_from_police then 0 else 1 end as numerator, 1 as denominator
from marac_case
