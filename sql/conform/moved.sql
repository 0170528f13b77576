-- What an act changes of one table, thing by thing counted: new, gone, or another version.
select case when b.thing is null then 'new' when a.thing is null then 'gone' else 'other' end as kind, count(*) as things
from work.before as b
full join (
    select v.thing, v.version_id from query_table($row_table) as v
    where not exists (select 1 from superseded as s where s.version_id = v.version_id)
) as a on a.thing = b.thing
where a.version_id is distinct from b.version_id
group by all order by kind
