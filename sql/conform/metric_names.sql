-- The metrics there are, for a target to name.
create or replace temp table metric_name as select unnest($metrics) as metric
