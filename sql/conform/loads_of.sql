-- The loads that a table has rows from.
select load_id, counts from load where row_table = $row_table
