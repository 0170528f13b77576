-- What a refused file left in the draft before anything of it was stored.
delete from row_set_aside where load_id = $load_id
