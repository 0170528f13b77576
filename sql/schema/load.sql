-- One row per load: who brought it, from which file, what became of its rows.
create table load (
    load_id integer, act integer, format varchar, row_table varchar, file_name varchar, sha256 varchar,
    received_at timestamp, loaded_by varchar, as_at date, is_full boolean, is_invented boolean, counts boolean,
    row_count bigint, kept bigint, set_aside bigint, blank bigint,
    new_count bigint, changed_count bigint, unchanged_count bigint, report varchar, forgotten_at timestamp
)
