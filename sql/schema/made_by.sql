-- What made this snapshot: the versions of DuckDB and of the schema.
create table made_by (duckdb_version varchar, schema_version varchar)
