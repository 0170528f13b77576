-- Is there a load that stands at a later day and says otherwise of some things of this one? The newest, and of how many.
select max_by(l.load_id, l.as_at) as load_id, max(l.as_at) as as_at, count(distinct k.thing) as things
from keyed_arrival as k
inner join query_table($row_table) as v on v.thing = k.thing and v.fingerprint <> k.fingerprint
inner join sighting as s on s.version_id = v.version_id
inner join load as l on l.load_id = s.load_id and l.counts and l.as_at > $as_at and l.act <> $act
where k.problem is null and not exists (select 1 from superseded as u where u.version_id = v.version_id)
having count(*) > 0
