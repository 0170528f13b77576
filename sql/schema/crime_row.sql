-- One row per version of a crime. outcome_sent: what was sent for an outcome that no list knows (outcome_code is then 'unknown').
-- victim_id and suspect_id are keyed hashes of what was sent.
create type sex as enum('F', 'M', 'U');
create table crime_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, recorded_on date, offence_code varchar, offence_class varchar,
    offence_description varchar, crime_status varchar, force_name varchar, area varchar, team varchar,
    outcome_code varchar, outcome_sent varchar, outcome_on date, victim_sex sex, victim_age smallint, victim_ethnicity varchar,
    victim_disability varchar, victim_religion varchar, victim_sexual_orientation varchar,
    domestic_abuse boolean, victim_id varchar, suspect_id varchar, is_excluded boolean, included_classifications varchar
);
