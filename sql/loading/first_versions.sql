-- The kept rows, where the table was empty: all of them are new, each with its number.
select k.* exclude (line, problem, warning, sent_row, row_number), $next_version + k.row_number as version_id
from keyed_arrival as k where k.problem is null
