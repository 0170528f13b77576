-- Crimes recorded, whatever became of them.
select *, weight as numerator
from recorded_outcome
