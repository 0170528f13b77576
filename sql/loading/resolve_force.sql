-- Every name of a force in the file that no lookup has, by its key; a name that no list has stays as it was sent.
insert into force_lookup
select cell, coalesce(f.force_name, known(cell)), f.sent is not null or is_blank(cell) from cell_to_resolve
left join force_lookup as f on f.sent = force_key(cell)
where cell <> '' and cell not in (select sent from force_lookup)
