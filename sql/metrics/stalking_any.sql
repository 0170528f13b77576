-- Crimes that are stalking, or of which stalking is an included classification.
select *, weight as numerator
from recorded_outcome
where source = 'force' and (vawg_group = 'stalking' or coalesce(is_stalking_included, false))
