-- Every outcome of the file that no lookup has, by its key: a handful of distinct cells, not a million rows. One that is still
-- not known is put down so, to be asked once, and is then read by its meaning (loaders/labels/resolve.py).
insert into outcome_lookup
select cell, l.outcome_code, is_blank(cell) from cell_to_resolve
left join outcome_lookup as l on l.sent = outcome_label_key(cell)
where cell <> '' and cell not in (select sent from outcome_lookup)
