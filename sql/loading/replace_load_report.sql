-- Another report for a load: one without a cell of its file.
update load set report = $report where load_id = $load_id
