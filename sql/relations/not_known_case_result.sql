-- Of the cases finalised, those whose result is not known; in the shape of a metric, so that it is asked at the same cuts.
select
    day, source, force_name, area, cast(null as varchar) as team, offence_code, offence_sent, offence_group, vawg_group, vawg,
    cast(null as varchar) as victim_sex, cast(null as varchar) as domestic_abuse, cast(null as varchar) as order_kind,
    cast(null as varchar) as counted_once, weight * case when verdict = 'not known' then 1 else 0 end as numerator,
    weight as denominator, cast(null as double) as value
from case_result
