-- A label was read by its meaning.
update outcome_lookup set outcome_code = $code where sent = $sent
