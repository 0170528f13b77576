-- One row per application to the Domestic Violence Disclosure Scheme that was decided, on the day it was closed.
select closed_on as day, applied_on, source, force_name, area, team, kind, status, weight, is_not_known
from disclosure_application
where status in ('disclosed', 'no_disclosure', 'unknown') and closed_on is not null
