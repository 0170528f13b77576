-- One row per load that counts, on the day its data stands at: the rows it sent, those set aside, those with a code that no list knows.
select
    as_at as day,
    case row_table when 'national_outcome_row' then 'home_office' when 'cps_outcome_row' then 'cps' else 'force' end as source,
    row_count, set_aside, cast(coalesce(json_extract_string(report, '$.unmapped'), '0') as bigint) as unmapped
from load
where counts and row_table in ('crime_row', 'national_outcome_row', 'protection_order_row', 'prosecution_row', 'cps_outcome_row')
