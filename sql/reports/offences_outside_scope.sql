-- The offences of the last twelve months that stand outside every line of the scope, commonest first; is_known: a code list has it.
with recent as (
    select offence_code, has_line from counted_crime
    where source = 'force' and recorded_on > (select max(recorded_on) from counted_crime where source = 'force') - interval 1 year
)
select
    offence_code, any_value(o.description) as description, any_value(o.offence_class) is not null as is_known, count(*) as crimes,
    (select count(*) from recent) as out_of
from recent left join offence as o on o.offence_class = offence_code
where not has_line and offence_code is not null
group by offence_code
order by crimes desc, offence_code
