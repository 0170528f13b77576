-- What an act changes of the crimes, by the month they were recorded in: new, gone, another outcome, or another fact.
with pair as (
    select
        w.version_id as was_version, a.version_id as new_version, w.outcome_code as was, a.outcome_code as becomes,
        cast(date_trunc('month', coalesce(w.recorded_on, a.recorded_on)) as date) as month
    from (select c.* from work.before as b inner join crime_row as c on c.version_id = b.version_id) as w
    full join (
        select c.* from crime_row as c where not exists (select 1 from superseded as s where s.version_id = c.version_id)
    ) as a on a.thing = w.thing
    where w.version_id is distinct from a.version_id
)
select
    case when was_version is null then 'new' when new_version is null then 'gone'
        when was is distinct from becomes then 'outcome' else 'other' end as kind, month,
    case when was_version is not null and new_version is not null then was end as was,
    case when was_version is not null and new_version is not null then becomes end as becomes,
    count(*) as things
from pair group by all order by month desc, kind, things desc, was, becomes
