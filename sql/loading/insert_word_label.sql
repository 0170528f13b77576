-- One label of the sender's means one word of our own, in each list that has that word.
insert into word_lookup
select distinct list, label, meaning, false from value_label
cross join (select unnest([$label, label_key($label)]) as label) as labels
where list_contains($lists, list) and lower(meaning) = lower($code) and label <> ''
