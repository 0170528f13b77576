-- One row per decided application for a protection order, on the day it was decided.
select
    decided_on as day, 'force' as source, force_name, area, team, order_kind, decision, subject_id, application_reference
from protection_order
where decided_on is not null
