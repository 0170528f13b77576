-- Applications to the disclosure scheme.
select *, 1 as numerator, cast(null as integer) as denominator
from disclosure_application
