-- The cases of one relation as a rate: of all, those whose outcome is not known. A view for each relation that says it.
select *, weight * is_not_known as numerator, weight as denominator
from query_table($relation)
