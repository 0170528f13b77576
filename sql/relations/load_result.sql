-- One row per load that counts, on the day its data stands at: the rows it sent, those set aside, those with a code that no list knows.
select
    as_at as day,
    case row_table when 'national_outcome_row' then 'home_office' when 'cps_outcome_row' then 'cps' else 'force' end as source,
    cast(null as varchar) as force_name, cast(null as varchar) as area, cast(null as varchar) as team,
    cast(null as varchar) as offence_code,
    cast(null as varchar) as offence_sent, cast(null as varchar) as offence_group, cast(null as varchar) as vawg_group,
    cast(null as varchar) as vawg, cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse,
    cast(null as varchar) as order_kind,
    row_count, set_aside, cast(coalesce(json_extract_string(report, '$.unmapped'), '0') as bigint) as unmapped
from load
where counts and row_table in ('crime_row', 'national_outcome_row', 'protection_order_row', 'prosecution_row', 'cps_outcome_row')
