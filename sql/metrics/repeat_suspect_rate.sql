-- Suspects of VAWG crimes, each once in a window: again within 365 days.
select *, suspect_id as counted_once, case when is_repeat then 1 else 0 end as numerator, 1 as denominator
from suspect_crime
