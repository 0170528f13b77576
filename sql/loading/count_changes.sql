-- Against what counts now: rows that are new, changed, or the same.
select
    count(*) filter (c.thing is null) as new, count(*) filter (c.fingerprint <> k.fingerprint) as changed,
    count(*) filter (c.fingerprint = k.fingerprint) as unchanged
from keyed_arrival as k
left join (
    select thing, fingerprint from query_table($row_table) as v
    where not exists (select 1 from superseded as s where s.version_id = v.version_id)
) as c on c.thing = k.thing
where k.problem is null
