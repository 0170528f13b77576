-- Forget what was superseded among the versions of one table, before it is worked out anew.
delete from superseded where version_id in (select version_id from query_table($row_table))
