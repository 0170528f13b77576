-- What became of the rows, by reason. A row is set aside for one reason; it may have several warnings.
with reason as (
    select line, problem, 'set_aside' as kind from keyed_arrival where problem is not null
    union all
    select line, unnest(string_split(warning, '|')) as problem, 'warning' as kind
    from keyed_arrival where problem is null and warning is not null
)
select
    r.problem, any_value(p.field) as field, any_value(p.sentence) as sentence, any_value(p.remedy) as remedy, r.kind,
    count(distinct r.line) as rows, list_sort(list(distinct r.line))[1:10] as first_lines
from reason as r left join problem as p on p.problem = r.problem
group by r.problem, r.kind
order by r.kind asc, count(distinct r.line) desc, r.problem asc
