-- A label of one of our own lists was read by its meaning.
update word_lookup set meaning = $code where field = $field and sent = $sent
