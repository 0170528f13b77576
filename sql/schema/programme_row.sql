-- One row per version of a programme's start in the register.
create table programme_row (version_id bigint, thing ubigint, fingerprint ubigint,
    programme varchar, starts_on date, phase varchar, area varchar, team varchar, noted_by varchar, force_name varchar)
