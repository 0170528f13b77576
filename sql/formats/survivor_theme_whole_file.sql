-- A measure that there is not cannot move: the row is set aside, as a target of it would be.
update work.arrival set problem = 'unknown_metric', sent_row = coalesce(sent_row, row_text)
where problem is null and lower(metric) not in (select metric from metric_name)
