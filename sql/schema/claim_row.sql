-- One row per version of a claim in the register.
create table claim_row (version_id bigint, thing ubigint, fingerprint ubigint,
    claim_id varchar, claim_words varchar, said_by varchar, said_on date, said_where varchar, metric varchar, comparator varchar,
    claimed_figure double, window_months integer, team varchar, offences varchar, force_name varchar, area varchar)
