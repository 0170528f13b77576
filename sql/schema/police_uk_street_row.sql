-- One row per version of a crime that data.police.uk publishes; anti-social behaviour has no reference and counts by its occurrence.
create table police_uk_street_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    month date, force_name varchar, crime_type varchar, crime_reference varchar, last_outcome varchar, occurrence bigint
)
