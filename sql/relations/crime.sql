-- The crime rows that count: the newest state of each.
select * from crime_row as version
where not exists (select 1 from superseded where superseded.version_id = version.version_id)
