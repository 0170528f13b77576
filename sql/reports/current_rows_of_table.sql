-- The rows of one table that count now, in an order that does not hang on how they were loaded.
select v.* from query_table($row_table) as v
where not exists (select 1 from superseded as s where s.version_id = v.version_id)
order by v.thing
