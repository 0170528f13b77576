-- The versions that only one load of the snapshot attached as `old` holds: what leaves the store with it.
create or replace temp table version_only_in as
select distinct s.version_id from old.main.sighting as s
where s.load_id = $load_id and not exists (
    select 1 from old.main.sighting as o where o.version_id = s.version_id and o.load_id <> $load_id)
