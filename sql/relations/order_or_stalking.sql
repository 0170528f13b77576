-- Subjects granted a stalking protection order and stalking crimes recorded, one row each, to be set against each other: the order on the
-- day of its grant, the crime on the day it was recorded.
select day, source, force_name, area, team, order_kind, subject_id as counted_once, 1 as numerator, cast(null as integer) as denominator
from order_event
where decision = 'granted'
union all
select day, source, force_name, area, team, null, null, null, 1
from recorded_outcome
where source = 'force' and vawg_group = 'stalking'
