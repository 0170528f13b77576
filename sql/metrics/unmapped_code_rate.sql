-- Of the rows sent, those with a code or label that no list knows.
select *, unmapped as numerator, row_count as denominator
from load_result
