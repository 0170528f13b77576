-- How fresh each stored table is, from the loads that count.
select row_table, max(as_at) as as_at, bool_or(is_invented) as is_invented, max(received_at) as received_at
from load where counts group by row_table order by row_table
