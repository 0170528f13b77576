-- What the store holds in one field: of a row that could not be read only that much is kept. A force by any of its names.
select distinct cast(columns(lambda c: c = $field) as varchar) as cell from query_table($row_table)
union
select label from force_label where $field = 'force_name'
