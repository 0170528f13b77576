-- Cases at the conference.
select *, 1 as numerator, cast(null as integer) as denominator
from marac_case
