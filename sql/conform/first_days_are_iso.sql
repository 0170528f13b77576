-- Are the days of a column, where there are any, all written year first?
select coalesce(bool_and(length(day) >= 8 and substr(day, 5, 1) = '-'), true) as are_iso
from (select columns(lambda c: c = $field) as day from text_row) as days
where day <> ''
