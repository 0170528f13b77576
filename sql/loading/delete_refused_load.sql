-- What a file that was refused had set aside before it was: a file is refused before any of its rows is stored.
delete from row_set_aside where load_id = $load_id
