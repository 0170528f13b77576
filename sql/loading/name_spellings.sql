-- How a name column is spelled: every other spelling of a name becomes the commonest one. Names that differ only
-- by case, spaces and invisible characters are one; a name the store knows already keeps its spelling there.
insert into work.spelling
with sent as (
    select cell, count(*) as times from (select columns(lambda c: c = $field) as cell from work.arrival where problem is null) as cells
    where cell is not null group by cell
),
keyed as (
    select
        cell, times, nfc_normalize(regexp_replace(
            regexp_replace(optional(coalesce(repaired_name.repaired, cell)), '\p{Cf}', '', 'g'), '\p{Zs}+', ' ', 'g'
        )) as name
    from sent left join work.repaired_name on repaired_name.sent = cell
),
stored as (
    select nfc_normalize(lower(name)) as folded, any_value(name) as name
    from (select distinct columns(lambda c: c = $field) as name from query_table($row_table)) as names where name is not null group by all
),
counted as (
    select cell, name, lower(name) as folded, sum(times) over (partition by name) as times from keyed
),
spelled as (
    select
        counted.cell, coalesce(
            stored.name, first_value(counted.name) over (
                partition by counted.folded order by times desc, counted.name = upper(counted.name) asc, counted.name asc
            )
        ) as majority
    from counted left join stored on stored.folded = counted.folded
)
select $field, cell, majority from spelled where cell is distinct from majority
