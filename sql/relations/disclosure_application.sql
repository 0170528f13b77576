-- One row per application to the Domestic Violence Disclosure Scheme, on the day of application; one made twice counts once.
select
    applied_on as day, 'force' as source, force_name, area, team, replace(route, '_', ' ') as kind,
    status, applied_on, coalesce(closed_on, case when status <> 'open' then decision_on end) as closed_on,
    1 as weight,
    case when status = 'unknown' then 1 else 0 end as is_not_known
from disclosure
where status <> 'duplicate'
