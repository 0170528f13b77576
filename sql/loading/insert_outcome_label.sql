-- One label of the sender's means one outcome, where the code is an outcome.
insert into outcome_lookup
select label, outcome_code, false from outcome
cross join (select cast($label as varchar) as label union select label_key($label)) as labels
where upper(outcome_code) = $code and label <> ''
