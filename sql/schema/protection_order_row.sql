-- One row per version of a protective order or notice; subject_id and protected_person_id are keyed hashes of what was sent,
-- crime_thing is the `thing` of the crime that it names.
create table protection_order_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    application_reference varchar, subject_id varchar, order_kind varchar, applied_on date, decision varchar,
    decided_on date, expires_on date, breached_on date, force_name varchar, area varchar, team varchar,
    order_reference varchar, order_type varchar, stage varchar, origin varchar, crime_reference varchar, crime_thing ubigint,
    protected_person_id varchar, is_until_further_order boolean, considered_on date, authorised_on date,
    authorised_by_rank varchar, heard_on date, served_on date, varied_on date, renewed_on date, discharged_on date,
    appealed_on date, notification_due_on date, notified_on date, prohibitions integer, positive_requirements integer,
    electronic_monitoring boolean, victim_supports boolean, contested boolean, decision_reason varchar
)
