-- One label of the sender's means one outcome, where the code is an outcome, or that the crime counts nowhere.
insert into outcome_lookup
select distinct label, outcome_code, false
from (
    select outcome_code from outcome
    union all
    select meaning from value_label where list = 'crime_status'
) as code
cross join (select unnest([$label, label_key($label)]) as label) as labels
where upper(outcome_code) = $code and label <> ''
