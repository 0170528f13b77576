-- What an act changes of one table, thing by thing counted: new, gone, or another version.
with gone as (
    select thing, version_id from query_table($row_table)
    where version_id < getvariable('first_new') and version_id in (select version_id from superseded)
        and version_id not in (select version_id from work.before)
),
come as (
    select thing, version_id from query_table($row_table)
    where version_id not in (select version_id from superseded)
        and (version_id >= getvariable('first_new') or version_id in (select version_id from work.before))
)
select case when g.thing is null then 'new' when c.thing is null then 'gone' else 'other' end as kind, count(*) as things
from gone as g full join come as c on c.thing = g.thing
group by all order by kind
