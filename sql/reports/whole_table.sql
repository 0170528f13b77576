-- Every row of one stored table.
select * from query_table($table)
