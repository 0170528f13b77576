-- What was sent in the rows that a forgotten load set aside goes with its archive; line, field and reason stay.
update row_set_aside set sent = null where load_id = $load_id
