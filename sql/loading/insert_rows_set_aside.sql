-- Every row not kept, with its line, field, reason and what was sent; and each distinct thing warned about, once.
insert into row_set_aside
select
    $load_id, k.line, coalesce(case when k.problem in ('repeated_row', 'conflicting_rows') then $key_field end, p.field), k.problem,
    'set_aside', case when p.field is null then json_extract_string(k.sent_row, '$.sent')
        else json_extract_string(k.sent_row, '$.' || coalesce(sent_in.field, p.field)) end, k.thing
from keyed_arrival as k
left join problem as p on p.problem = k.problem
left join (select unnest(['repeated_row', 'conflicting_rows']) as problem, $key_field as field) as sent_in
    on sent_in.problem = k.problem
where k.problem is not null
union all
select $load_id, min(line), field, warning, 'warning', sent, null from (
    select k.line, p.field, k.one_warning as warning, json_extract_string(k.sent_row, '$.' || p.field) as sent
    from (select *, unnest(string_split(warning, '|')) as one_warning from keyed_arrival where problem is null and warning is not null) as k
    left join problem as p on p.problem = k.one_warning
) as warned group by field, warning, sent
