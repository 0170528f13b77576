-- One row per version of a commentary in the register.
create table commentary_row (version_id bigint, thing ubigint, fingerprint ubigint,
    metric varchar, meeting varchar, about_data_of date, commentary varchar, said_by varchar, said_on date,
    offences varchar, force_name varchar, area varchar)
