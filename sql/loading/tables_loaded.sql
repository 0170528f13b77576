-- The tables that any load has filled.
select distinct row_table from load
