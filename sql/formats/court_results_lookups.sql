-- Every offence and result of the file that no lookup has, by its key; what is still not known is put down so, and read by its meaning.
insert into offence_lookup
select cell, coalesce(k.offence_class, l.offence_class), is_blank(cell)
from (select distinct offence_code as cell from row_to_resolve) as cells
left join offence_lookup as k on k.sent = nullif(case when not regexp_matches(cell, '[0-9]\s+[0-9]') then subcode_key(regexp_replace(cell, '\.0+\s*$', '')) end, '')
left join offence_lookup as l on l.sent = case when regexp_matches(cell, '[A-Za-z]{3}') then label_key(cell) end
where cell <> '' and cell not in (select sent from offence_lookup);
insert into word_lookup
select 'result', cell, w.meaning from (select distinct result as cell from row_to_resolve) as cells
left join word_lookup as w on w.field = 'result' and w.sent = label_key(cell)
where cell <> '' and not is_blank(cell) and cell not in (select sent from word_lookup where field = 'result')
