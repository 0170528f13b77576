-- The first version number that no table uses: every version was seen in some load.
create or replace temp macro next_version() as (select 1 + coalesce(max(version_id), 0) from sighting)
