-- Every code and label of the file that no lookup has, looked up by its key: a handful of distinct cells, not a million
-- rows. What is still not known is put down as not known, so that it is asked once; outcomes are then read by their meaning
-- and offences too (loaders/resolve.py).
insert into outcome_lookup
select cell, l.outcome_code, is_blank(cell) from (
    select distinct outcome_code as cell from row_to_resolve union select distinct crime_status from row_to_resolve
) as cells
left join outcome_lookup as l on l.sent = outcome_label_key(cell)
where cell <> '' and cell not in (select sent from outcome_lookup);
insert into offence_lookup
select cell, coalesce(k.offence_class, l.offence_class), is_blank(cell)
from (select distinct coalesce(nullif(offence_code, ''), offence_description) as cell from row_to_resolve) as cells
left join offence_lookup as k on k.sent = nullif(case when not regexp_matches(cell, '[0-9]\s+[0-9]') then subcode_key(regexp_replace(cell, '\.0+\s*$', '')) end, '')
left join offence_lookup as l on l.sent = case when regexp_matches(cell, '[A-Za-z]{3}') then label_key(cell) end
where cell <> '' and cell not in (select sent from offence_lookup);
insert into force_lookup
select cell, coalesce(f.force_name, known(cell)), f.sent is not null or is_blank(cell) from (select distinct force_name as cell from row_to_resolve) as cells
left join force_lookup as f on f.sent = force_key(cell)
where cell <> '' and cell not in (select sent from force_lookup);
insert into sex_word
select cell, w.meaning
from (select distinct victim_sex as cell from row_to_resolve) as cells left join sex_word as w on w.sent = upper(clean(cell))
where cell <> '' and cell not in (select sent from sex_word);
insert into flag_word
select cell, w.meaning from (select distinct domestic_abuse as cell from row_to_resolve) as cells
left join flag_word as w on w.sent = upper(clean(cell))
where cell <> '' and cell not in (select sent from flag_word);
