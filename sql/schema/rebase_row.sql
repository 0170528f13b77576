-- One row per version of a re-base in the register.
create table rebase_row (version_id bigint, thing ubigint, fingerprint ubigint,
    metric varchar, rebased_from date, reason varchar, approved_by varchar, offences varchar,
    force_name varchar, area varchar)
