-- The kept rows that the store does not hold yet, each with its number.
select k.* exclude (line, problem, warning, sent_row, row_number), $next_version + k.row_number as version_id
from keyed_arrival as k
where k.problem is null and not exists (
    select 1 from query_table($row_table) as v where v.thing = k.thing and v.fingerprint = k.fingerprint)
