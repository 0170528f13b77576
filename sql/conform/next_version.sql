-- The first version number that no table uses.
create or replace temp macro next_version() as (
    select 1 + greatest(
        coalesce((select max(version_id) from crime_row), 0), coalesce((select max(version_id) from national_outcome_row), 0),
        coalesce((select max(version_id) from protection_order_row), 0), coalesce((select max(version_id) from prosecution_row), 0),
        coalesce((select max(version_id) from cps_outcome_row), 0), coalesce((select max(version_id) from target_row), 0),
        coalesce((select max(version_id) from annotation_row), 0),
        coalesce((select max(version_id) from rebase_row), 0), coalesce((select max(version_id) from programme_row), 0))
)
