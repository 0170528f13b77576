-- Which version each kept row is, where the table was empty: all of them are new.
insert into sighting
select $load_id, line, $next_version + rowid from work.arrival where problem is null
