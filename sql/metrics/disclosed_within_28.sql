-- Of applications, those decided within 28 days.
select
    *, case when status in ('disclosed', 'no_disclosure') and closed_on <= day + 28 then 1 else 0 end as numerator, 1 as denominator
from disclosure_application
