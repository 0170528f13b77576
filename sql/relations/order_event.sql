-- One row per decided application for a stalking protection order, on the day it was decided. Other kinds of order, variations and
-- renewals are stored and counted by none of its measures; a kind that is not known may be one, so its decision is not known here.
select
    decided_on as day, 'force' as source, force_name, area, team, order_kind,
    case when order_kind = 'unknown' and decision in ('granted', 'refused', 'withdrawn') then 'unknown' else decision end as decision, subject_id, application_reference
from protection_order
where decided_on is not null and order_kind in ('full', 'interim', 'unknown')
