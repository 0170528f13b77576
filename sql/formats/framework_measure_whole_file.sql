-- A measure that there is not answers nothing: the row is set aside, as a target of it would be. Several stand with semicolons between.
update work.arrival set
    problem = 'unknown_metric', sent_row = coalesce(sent_row, row_text), metric = lower(replace(replace(metric, ' ', ''), ',', ';'))
where problem is null and not list_has_all(
    (select list(metric) from metric_name), string_split(lower(replace(replace(metric, ' ', ''), ',', ';')), ';'))
