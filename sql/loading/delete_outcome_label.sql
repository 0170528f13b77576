-- A label that the sender gives an outcome of their own loses the one it had.
delete from outcome_lookup
where sent in ($label, label_key($label)) and (exists (select 1 from outcome where outcome_code = $code)
    or exists (select 1 from value_label where list = 'crime_status' and upper(meaning) = $code))
