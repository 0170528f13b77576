-- One label of the sender's means one offence class, where the code is an offence.
insert into offence_lookup
select label, offence_class, false from (select distinct offence_class from offence_lookup where upper(sent) = $code)
cross join (select cast($label as varchar) as label union select label_key($label) union select offence_key($label)) as labels
where label <> ''
