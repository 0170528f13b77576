-- Domestic violence protection notices authorised and orders granted after them, one row each, to be set against each other.
select
    coalesce(decided_on, authorised_on, served_on) as day, 'force' as source, force_name, area, team,
    case when order_type = 'DVPO' then 1 end as numerator, case when order_type = 'DVPN' then 1 end as denominator
from protection_order
where order_type in ('DVPN', 'DVPO') and decision in ('granted', 'authorised')
    and coalesce(decided_on, authorised_on, served_on) is not null
