-- What the rows of one load share.
insert into context values ($load_id, $received_on, $force_name, $day_order)
