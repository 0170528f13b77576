-- One row per version of a recommendation in the register.
create table recommendation_row (version_id bigint, thing ubigint, fingerprint ubigint,
    rec_no varchar, recommended_by varchar, recommendation varchar, sub_no varchar, published_on date, owner_role varchar, status varchar,
    status_on date, due_on date, strand varchar, response varchar, evidence_metrics varchar, latest_update varchar, offences varchar,
    force_name varchar)
