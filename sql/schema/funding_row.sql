-- One row per version of an award.
create table funding_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    fund varchar, awarded_by varchar, awarded_on date, amount double, starts_on date, ends_on date, purpose varchar,
    programme varchar, match_funding double, spent_to_date double, spent_as_at date, outputs_promised varchar,
    renewal_decision_on date, force_name varchar
)
