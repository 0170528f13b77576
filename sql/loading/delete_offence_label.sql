-- A label that the sender gives an offence of their own loses the one it had.
delete from offence_lookup
where sent in ($label, label_key($label), offence_key($label)) and $code not in (upper($label), upper(label_key($label)))
    and exists (select 1 from offence_lookup as known where upper(known.sent) = $code)
    and not exists (select 1 from outcome where outcome_code = $code)
