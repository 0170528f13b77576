-- One row per version of a target in the register.
create table target_row (version_id bigint, thing ubigint, fingerprint ubigint,
    metric varchar, target double, applies_from date, set_by varchar, counter_metric varchar, offences varchar,
        force_name varchar, area varchar)
