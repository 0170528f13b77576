-- One row per version of an annotation in the register.
create table annotation_row (version_id bigint, thing ubigint, fingerprint ubigint,
    happened_on date, what_happened varchar, noted_by varchar, offences varchar, force_name varchar, area varchar)
