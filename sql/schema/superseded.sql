-- Versions that do not count: an older state of a thing, or one that only undone loads held.
create table superseded (version_id bigint)
