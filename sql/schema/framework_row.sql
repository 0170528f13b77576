-- One row per version of a measure that somebody else asks for.
create table framework_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    framework varchar, their_number varchar, their_words varchar, metric varchar, cut varchar, how_it_fits varchar, since date,
    source varchar, force_name varchar
)
