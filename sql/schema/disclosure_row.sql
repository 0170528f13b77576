-- One row per version of an application to the disclosure scheme; subject_id and person_id are keyed hashes of what was sent.
create table disclosure_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    application_reference varchar, route varchar, applied_on date, status varchar, closed_on date, applicant_kind varchar,
    disclosed_to varchar, subject_id varchar, person_id varchar, reason_no_disclosure varchar, initial_checks_on date,
    face_to_face_on date, decision_on date, safety_plan boolean, force_name varchar, area varchar, team varchar
)
