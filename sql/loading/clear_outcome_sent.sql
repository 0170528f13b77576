-- The words that a forgotten load sent for an outcome, and no other load did, go with its archive; that it is not known stays.
update crime_row set outcome_sent = null
where outcome_sent is not null and version_id in (select version_id from sighting where load_id = $load_id)
    and version_id not in (select version_id from sighting where load_id <> $load_id)
