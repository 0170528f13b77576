-- Of breaches, those charged.
select
    *, case when regexp_matches(lower(coalesce(breach_outcome, '')), '^(charge|summons)') then 1 else 0 end as numerator, 1 as denominator
from order_breach_event
