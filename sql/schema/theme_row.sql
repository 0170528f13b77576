-- One row per version of a theme that survivors spoke of.
create table theme_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    theme varchar, said_on date, what_changed varchar, changed_on date, metric varchar, what_came varchar, force_name varchar
)
