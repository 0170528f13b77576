-- Which version each kept row of this load is, and on which line it stood.
insert into sighting
select $load_id, k.line, coalesce(v.version_id, $next_version + k.row_number)
from keyed_arrival as k
left join query_table($row_table) as v on v.thing = k.thing and v.fingerprint = k.fingerprint
where k.problem is null
