-- Every offence of the file that no lookup has, by the key of its code or of its label; as for outcomes.
insert into offence_lookup
select cell, coalesce(k.offence_class, l.offence_class), is_blank(cell) from cell_to_resolve
left join offence_lookup as k on k.sent = nullif(
    case when not regexp_matches(cell, '[0-9]\s+[0-9]') then subcode_key(regexp_replace(cell, '\.0+\s*$', '')) end, '')
left join offence_lookup as l on l.sent = case when regexp_matches(cell, '[A-Za-z]{3}') then label_key(cell) end
where cell <> '' and cell not in (select sent from offence_lookup)
