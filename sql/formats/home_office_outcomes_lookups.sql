-- Every outcome type of the file that no lookup has, put down as not known, so that it is read by its meaning (loaders/resolve.py).
insert into outcome_lookup
select cell, l.outcome_code, is_blank(cell) from (select distinct outcome_type as cell from row_to_resolve) as cells
left join outcome_lookup as l on l.sent = outcome_label_key(cell)
where cell <> '' and cell not in (select sent from outcome_lookup)
