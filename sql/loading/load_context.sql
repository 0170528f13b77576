-- What every row of one load shares: a row for each load whose rows are typed together.
create or replace temp table context (load_id integer, received_on date, force_name varchar, day_order varchar)
