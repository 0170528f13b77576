-- Suspects of VAWG crimes, each once in a window: of two victims or more in 365 days.
select *, suspect_id as counted_once, case when victims >= 2 then 1 else 0 end as numerator, 1 as denominator
from suspect_crime
