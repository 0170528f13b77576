-- What a metric counts of what the Home Office publishes of some forces, by quarter: whole, and by each kind of offence.
select
    cast(date_trunc('quarter', day) as date) as quarter, vawg, vawg_group, grouping(vawg) as all_vawg,
    grouping(vawg_group) as all_vawg_group, cast(sum(numerator) as bigint) as numerator,
    cast(sum(denominator) as bigint) as denominator, count(value) as value_count
from query_table($metric)
where source = 'home_office' and list_contains($force_name, force_name)
group by grouping sets ((quarter), (quarter, vawg), (quarter, vawg_group))
order by all
