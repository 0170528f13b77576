-- Which loads held which version of a thing, and on which line.
create table sighting (load_id integer, line bigint, version_id bigint)
