-- One label of the sender's means one outcome, where the code is an outcome.
insert into outcome_lookup
select distinct label, outcome_code, false from outcome
cross join (select unnest([$label, label_key($label)]) as label) as labels
where upper(outcome_code) = $code and label <> ''
