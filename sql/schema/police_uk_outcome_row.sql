-- One row per version of an outcome that data.police.uk publishes; of several of one crime in one month each has its occurrence.
create table police_uk_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, month date, force_name varchar, outcome varchar, occurrence bigint
)
