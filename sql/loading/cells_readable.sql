-- Of one optional field: how many cells hold something, how many of them can be read and how many cannot, and one that cannot.
select
    count(*) as sent, count(*) filter (is_read) as readable, count(*) filter (not is_read) as unreadable,
    min(cell) filter (not is_read) as example
from (
    select t.cell, k.value is not null as is_read
    from (select line, columns(lambda c: c = $field) as cell from text_row) as t
    inner join (select line, problem, columns(lambda c: c = $field) as value from keyed_arrival) as k on k.line = t.line
    where coalesce(k.problem, 'impossible_age') = 'impossible_age'
) as compared where not is_blank(cell)
