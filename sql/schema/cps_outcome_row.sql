-- One row per version of a cell of the CPS tables.
create table cps_outcome_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    month date, force_name varchar, offence_group varchar, convicted bigint, unsuccessful bigint
)
