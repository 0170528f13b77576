-- The rows of one stored table that count: the newest state of each thing. A view for each table whose name ends in _row.
select * from query_table($row_table) as version
where not exists (select 1 from superseded where superseded.version_id = version.version_id)
