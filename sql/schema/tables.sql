-- What a snapshot holds. One row of a *_row table is one version of one thing, stored once however many loads held it.
-- An id of a person (victim, suspect, subject, defendant) is a keyed hash of what was sent.
create type sex as enum ('F', 'M', 'U');
create table load (
    load_id integer, act integer, format varchar, row_table varchar, file_name varchar, sha256 varchar,
    received_at timestamp, loaded_by varchar, as_at date, is_full boolean, is_invented boolean, counts boolean,
    row_count bigint, kept bigint, set_aside bigint, blank bigint,
    new_count bigint, changed_count bigint, unchanged_count bigint, report varchar, forgotten_at timestamp
);
create table row_set_aside (
    load_id integer, line bigint, field varchar, problem varchar, kind varchar, sent varchar, thing ubigint
);
-- which loads held which version, and on which line
create table sighting (load_id integer, line bigint, version_id bigint);
-- versions that do not count: an older state of a thing, or one that only undone loads held
create table superseded (version_id bigint);
-- the scope of VAWG, filled by scope_line.sql; a day that is null is no bound
create table scope_line (offence_class varchar, victim_sex varchar, vawg_group varchar,
    in_scope boolean, in_scope_with_abuse boolean, from_day date, until_day date);
create table made_by (duckdb_version varchar, schema_version varchar);
-- outcome_sent: what was sent for an outcome that no list knows (outcome_code is then 'unknown')
create table crime_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    crime_reference varchar, recorded_on date, offence_code varchar, offence_class varchar,
    offence_description varchar, crime_status varchar, force_name varchar, area varchar, team varchar,
    outcome_code varchar, outcome_sent varchar, outcome_on date, victim_sex sex, victim_age smallint, victim_ethnicity varchar,
    victim_disability varchar, victim_religion varchar, victim_sexual_orientation varchar,
    domestic_abuse boolean, victim_id varchar, suspect_id varchar, is_excluded boolean
);
create table national_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    financial_year varchar, financial_quarter tinyint, quarter_start date, force_name varchar,
    offence_code varchar, offence_class varchar, offence_description varchar, offence_group varchar,
    offence_subgroup varchar, outcome_code varchar, outcome_description varchar, outcome_group varchar,
    recorded_count bigint, closed_count bigint
);
create table protection_order_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    application_reference varchar, subject_id varchar, order_kind varchar, applied_on date, decision varchar,
    decided_on date, expires_on date, breached_on date, force_name varchar, area varchar, team varchar
);
create table prosecution_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    case_reference varchar, crime_reference varchar, defendant_id varchar, offence_code varchar,
    offence_class varchar, charged_on date, finalised_on date, court varchar, plea varchar, result varchar,
    sentence varchar, sentence_months double, force_name varchar, area varchar
);
create table cps_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    month date, force_name varchar, offence_group varchar, convicted bigint, unsuccessful bigint
);
-- the registers: what the force has decided, and what happened
create table target_row (version_id bigint, thing ubigint, fingerprint ubigint,
    metric varchar, target double, applies_from date, set_by varchar, counter_metric varchar, offences varchar, force_name varchar, area varchar);
create table annotation_row (version_id bigint, thing ubigint, fingerprint ubigint,
    happened_on date, what_happened varchar, noted_by varchar, offences varchar, force_name varchar, area varchar);
create table rebase_row (version_id bigint, thing ubigint, fingerprint ubigint,
    metric varchar, rebased_from date, reason varchar, approved_by varchar, force_name varchar);
create table programme_row (version_id bigint, thing ubigint, fingerprint ubigint,
    programme varchar, starts_on date, phase varchar, area varchar, team varchar, noted_by varchar, force_name varchar);
