-- What one load stored, in the order of the file.
select v.*, s.line as line_in_file
from sighting as s inner join query_table($row_table) as v on v.version_id = s.version_id
where s.load_id = $load_id
order by s.line, v.version_id
