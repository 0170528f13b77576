-- Arrests for domestic abuse and crimes of domestic abuse, one row each, to be set against each other: the arrest on its day, the crime
-- on the day it was recorded, since the first whole month of which arrests are held.
select day, source, force_name, area, team, 1 as numerator, cast(null as integer) as denominator
from power_event
where event = 'arrest' and domestic_abuse = 'yes'
union all
select c.day, c.source, c.force_name, c.area, c.team, null, 1
from recorded_outcome as c
cross join (select date_trunc('month', min(event_on)) as from_day from power) as held
where c.source = 'force' and c.domestic_abuse = 'yes' and c.day >= held.from_day
