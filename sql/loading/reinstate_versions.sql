-- What the newest load holds counts, though an older load may have overruled it before.
delete from superseded where version_id in (select version_id from sighting where load_id = $load_id)
