-- Is there a load that stands at a later day and says otherwise of some things of this one: in a newer state, or, where
-- that load is a full extract, not there at all? The newest such load, and of how many things.
with later as (select * from load where row_table = $row_table and counts and as_at > $as_at and act <> $act),
otherwise as (
    select k.thing, l.load_id, l.as_at
    from keyed_arrival as k
    inner join query_table($row_table) as v on v.thing = k.thing and v.fingerprint <> k.fingerprint
    inner join sighting as s on s.version_id = v.version_id
    inner join later as l on l.load_id = s.load_id
    where k.problem is null and not exists (select 1 from superseded as u where u.version_id = v.version_id)
    union all
    select k.thing, f.load_id, f.as_at
    from keyed_arrival as k
    inner join (
        select v.force_name, max_by(l.load_id, l.as_at) as load_id, max(l.as_at) as as_at
        from later as l inner join sighting as s on s.load_id = l.load_id
        inner join query_table($row_table) as v on v.version_id = s.version_id
        where l.is_full group by v.force_name
    ) as f on f.force_name = k.force_name
    where k.problem is null and not exists (
        select 1 from query_table($row_table) as v
        where v.thing = k.thing and not exists (select 1 from superseded as u where u.version_id = v.version_id))
)
select max_by(load_id, as_at) as load_id, max(as_at) as as_at, count(distinct thing) as things
from otherwise having count(*) > 0
