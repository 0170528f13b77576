-- One row per version of a breach of an order; order_thing is the `thing` of the order that it names.
create table order_breach_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    order_reference varchar, order_thing ubigint, breached_on date, breach_kind varchar, crime_reference varchar,
    breach_outcome varchar, force_name varchar, area varchar, team varchar
)
