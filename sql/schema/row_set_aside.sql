-- One row per field that set a row aside, or was warned of.
create table row_set_aside (
    load_id integer, line bigint, field varchar, problem varchar, kind varchar, sent varchar, thing ubigint
)
