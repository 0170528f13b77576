-- What a metric counts by month, each kind of place and each kind of offence: whole, and by both at once. Added up once before that.
with counted as (
    select
        cast(date_trunc('month', day) as date) as month, area, team, vawg, vawg_group, sum(numerator) as numerator,
        sum(denominator) as denominator, count(value) as value_count
    from query_table($metric)
    where source = 'force'
    group by all
)
select
    month, area, team, vawg, vawg_group, grouping(area) as all_area, grouping(team) as all_team, grouping(vawg) as all_vawg,
    grouping(vawg_group) as all_vawg_group, cast(sum(numerator) as bigint) as numerator, cast(sum(denominator) as bigint) as denominator,
    cast(sum(value_count) as bigint) as value_count
from counted
group by grouping sets (
    (month), (month, vawg), (month, vawg_group), (month, area), (month, area, vawg), (month, area, vawg_group), (month, team),
    (month, team, vawg), (month, team, vawg_group)
)
order by all
