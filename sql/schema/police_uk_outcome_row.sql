-- One row per version of an outcome that data.police.uk publishes; the second of two that are alike has the occurrence 2.
create table police_uk_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, month date, force_name varchar, outcome varchar, occurrence bigint
)
