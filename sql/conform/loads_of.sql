-- The loads that a table has rows from, the one that overrules the others last.
select load_id, act, counts, as_at from load where row_table = $row_table order by as_at, load_id
