-- The offences of the last twelve months that stand outside every line of the scope, commonest first; is_known: a code list has it.
with recent as (
    select offence_code, has_line from counted_crime
    where source = 'force' and recorded_on > (
        select max(newest.recorded_on) from counted_crime as newest where newest.source = 'force') - interval 1 year
),
recorded as (select count(*) as crimes from recent)
select
    offence_code, any_value(o.description) as description, any_value(o.offence_class) is not null as is_known, count(*) as crimes,
    any_value(recorded.crimes) as out_of
from recent cross join recorded left join offence as o on o.offence_class = offence_code
where not has_line and offence_code is not null
group by offence_code
order by crimes desc, offence_code asc
