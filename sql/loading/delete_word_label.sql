-- A label that the sender gives a word of our own loses the one it had.
delete from word_lookup
where sent in ($label, label_key($label)) and field in (select list from value_label where list_contains($lists, list)
    and lower(meaning) = lower($code))
