-- The typed rows of one load, of the many that were typed together, on the lines they stood on.
select * replace (line % $lines as line) from work.typed where line // $lines = $load_id order by rowid
