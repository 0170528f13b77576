-- A line of a wide table is kept whole or not at all.
update work.arrival as a set problem = 'line_set_aside'
where a.problem is null and a.line in (select line from work.arrival where problem is not null)
