-- What every row of one load shares.
create or replace temp table context as
select cast($received_on as date) as received_on, $force_name as force_name, $day_order as day_order
