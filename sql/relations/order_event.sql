-- One row per decided application for a stalking protection order, on the day it was decided. Other kinds of order, variations and
-- renewals are stored and counted by none of its measures; a kind that is not known may be one, so its decision is not known here.
select
    decided_on as day, 'force' as source, force_name, area, team, cast(null as varchar) as offence_code,
    cast(null as varchar) as offence_sent, cast(null as varchar) as offence_group, cast(null as varchar) as vawg_group,
    cast(null as varchar) as vawg, cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, order_kind,
    decision, subject_id, application_reference, 1 as weight, case when decision = 'unknown' then 1 else 0 end as is_not_known
from (
    select * exclude (decision),
        case when order_kind = 'unknown' and decision in ('granted', 'refused', 'withdrawn') then 'unknown' else decision end as decision
    from protection_order
) as application
where decided_on is not null and order_kind in ('full', 'interim', 'unknown')
