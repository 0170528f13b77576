-- Which version of each thing of one table counts before an act.
insert into work.before
select v.thing, v.version_id from query_table($row_table) as v
where not exists (select 1 from superseded as s where s.version_id = v.version_id)
