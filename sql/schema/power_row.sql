-- One row per version of a use of a power; suspect_id is a keyed hash of what was sent, crime_thing the `thing` of the crime it names.
create table power_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    event_reference varchar, suspect_id varchar, event varchar, event_on date, crime_reference varchar, crime_thing ubigint,
    offence_code varchar, offence_class varchar, domestic_abuse boolean, bail_conditions varchar, authorised_rank varchar,
    expires_on date, ended_because varchar, custody_or_street varchar, force_name varchar, area varchar, team varchar
)
