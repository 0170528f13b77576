-- What became of the rows, by reason.
select
    coalesce(k.problem, k.warning) as problem, any_value(p.field) as field, any_value(p.sentence) as sentence,
    case when k.problem is not null then 'set_aside' else 'warning' end as kind,
    count(distinct k.line) as rows, list_sort(list(distinct k.line))[1:10] as first_lines
from keyed_arrival as k left join problem as p on p.problem = coalesce(k.problem, k.warning)
where k.problem is not null or k.warning is not null
group by k.problem, case when k.problem is null then k.warning end, coalesce(k.problem, k.warning)
order by kind, rows desc, problem
