-- One row per version of a defendant's case; defendant_id is a keyed hash of what was sent, crime_thing the `thing` of the crime
-- that it names.
create table prosecution_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    case_reference varchar, crime_reference varchar, defendant_id varchar, offence_code varchar,
    offence_class varchar, charged_on date, finalised_on date, court varchar, plea varchar, result varchar,
    sentence varchar, sentence_months double, force_name varchar, area varchar,
    crime_thing ubigint, court_kind varchar, sentence_kind varchar
)
