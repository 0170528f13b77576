-- The tables of a snapshot that hold what was loaded.
select table_name from duckdb_tables()
where database_name = 'old' and table_name <> 'made_by' order by table_name
