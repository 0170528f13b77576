-- A label was read by its meaning.
update offence_lookup set offence_class = $code where sent = $sent
