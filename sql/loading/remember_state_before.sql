-- What does not count before an act, and the first version that it can make: with these, what the act moves can be told.
create or replace table work.before as select version_id from superseded;
set variable first_new = next_version()
