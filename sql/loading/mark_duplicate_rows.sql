-- Set the doubles aside.
update work.arrival as a set problem = d.problem, sent_row = cast(to_json(a) as varchar)
from work.doubled as d where a.rowid = d.row_number
