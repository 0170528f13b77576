-- One label of the sender's means one offence class, where the code is an offence.
insert into offence_lookup
select distinct label, offence_class, false
from (select distinct offence_class from offence_lookup where upper(sent) = $code) as meant
cross join (select unnest([$label, label_key($label), offence_key($label)]) as label) as labels
where label <> ''
