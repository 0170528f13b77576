-- A force's name as the reference spells it.
select coalesce((select force_name from force_lookup where sent = force_key($name)), $name) as force_name
