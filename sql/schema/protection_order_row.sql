-- One row per version of an application for an order; subject_id is a keyed hash of what was sent.
create table protection_order_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    application_reference varchar, subject_id varchar, order_kind varchar, applied_on date, decision varchar,
    decided_on date, expires_on date, breached_on date, force_name varchar, area varchar, team varchar
)
