-- The first rows of the file as they would be stored.
select * from keyed_arrival where problem is null order by line, row_number limit 5
