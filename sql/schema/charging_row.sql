-- One row per version of a submission of one suspect for a charging decision; suspect_id is a keyed hash of what was sent.
create table charging_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    submission_reference varchar, suspect_id varchar, crime_reference varchar, crime_thing ubigint, submitted_on date, kind varchar,
    triage varchar, triage_reason varchar, decision varchar, decided_on date, force_name varchar, area varchar, team varchar
)
