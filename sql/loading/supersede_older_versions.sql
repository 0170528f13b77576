-- The newest load wins: every other version of the things it holds goes and, where it is a full extract, whatever else its
-- forces had. The same result as supersede.sql, which reads every load and is needed where things could not be read.
insert into superseded
with held as (
    select v.version_id, v.thing, v.force_name
    from sighting as s inner join query_table($row_table) as v on v.version_id = s.version_id
    where s.load_id = $load_id
),
rest as (
    select v.version_id, v.thing, v.force_name from query_table($row_table) as v
    where v.version_id not in (select version_id from held) and v.version_id not in (select version_id from superseded)
)
select r.version_id from rest as r
where r.thing in (select thing from held) or (
    (select is_full from load where load_id = $load_id) and r.force_name in (select force_name from held where force_name is not null))
