-- The archive of a load is gone: say since when.
update load set forgotten_at = $forgotten_at where load_id = $load_id
