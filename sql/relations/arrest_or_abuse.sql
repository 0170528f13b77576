-- Arrests for domestic abuse and crimes of domestic abuse, one row each, to be set against each other: the arrest on its day, the crime
-- on the day it was recorded.
select day, source, force_name, area, team, 1 as numerator, cast(null as integer) as denominator
from power_event
where event = 'arrest' and domestic_abuse = 'yes'
union all
select day, source, force_name, area, team, null, 1
from recorded_outcome
where source = 'force' and domestic_abuse = 'yes'
