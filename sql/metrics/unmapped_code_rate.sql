-- Of the rows sent, those with a code or label that no list knows.
select
    day, source, cast(null as varchar) as force_name, cast(null as varchar) as area, cast(null as varchar) as team,
    cast(null as varchar) as offence_code, cast(null as varchar) as offence_sent, cast(null as varchar) as offence_group,
    cast(null as varchar) as vawg_group, cast(null as varchar) as vawg, cast(null as varchar) as victim_sex,
    cast(null as varchar) as domestic_abuse, cast(null as varchar) as order_kind, cast(null as varchar) as counted_once,
    unmapped as numerator, row_count as denominator, cast(null as double) as value
from load_result
