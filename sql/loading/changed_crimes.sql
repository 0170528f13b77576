-- What an act changes of the crimes, by the month they were recorded in: new, gone, another outcome, or another fact.
with gone as (
    select * from crime_row
    where version_id < getvariable('first_new') and version_id in (select version_id from superseded)
        and version_id not in (select version_id from work.before)
),
come as (
    select * from crime_row
    where version_id not in (select version_id from superseded)
        and (version_id >= getvariable('first_new') or version_id in (select version_id from work.before))
),
pair as (
    select
        g.version_id as was_version, c.version_id as new_version, g.outcome_code as old_outcome, c.outcome_code as new_outcome,
        (g.outcome_code is distinct from c.outcome_code) as is_other_outcome,
        cast(date_trunc('month', coalesce(g.recorded_on, c.recorded_on)) as date) as month
    from gone as g full join come as c on c.thing = g.thing
)
select
    case when was_version is null then 'new' when new_version is null then 'gone'
        when is_other_outcome then 'outcome' else 'other' end as kind, month,
    case when was_version is not null and new_version is not null then old_outcome end as was,
    case when was_version is not null and new_version is not null then new_outcome end as becomes,
    count(*) as things
from pair group by all order by month desc, kind asc, things desc, was asc, becomes asc
