-- The metrics there are, for a target to name, and which of them are shares of a whole.
create or replace temp table metric_name as
select metric, list_contains($shares, metric) as is_share from (select unnest($metrics) as metric) as known
