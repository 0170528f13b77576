-- What each load that counts set aside, by reason; a load that set nothing aside has one row without a reason. A load is
-- current unless a full extract of the same table stands at a later day: what it set aside was sent again since.
select
    l.load_id, l.row_table, l.file_name, l.as_at, l.row_count, r.problem, any_value(p.sentence) as sentence, any_value(p.remedy) as remedy,
    count(distinct r.line) as rows,
    not exists (
        select 1 from load as f where f.counts and f.is_full and f.row_table = l.row_table and f.as_at > l.as_at) as is_current
from load as l
left join row_set_aside as r on r.load_id = l.load_id and r.kind = 'set_aside' and r.problem <> 'line_set_aside'
left join problem as p on p.problem = r.problem
where l.counts
group by l.load_id, l.row_table, l.file_name, l.as_at, l.row_count, r.problem
order by l.load_id desc, count(distinct r.line) desc, r.problem asc
