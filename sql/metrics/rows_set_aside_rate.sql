-- Of the rows sent, those set aside.
select *, set_aside as numerator, row_count as denominator
from load_result
