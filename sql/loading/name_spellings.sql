-- How a name column is spelled: every other spelling of a name becomes the commonest one. Names that differ only
-- by case, spaces and invisible characters are one; a name the store knows already keeps its spelling there.
insert into work.spelling
with sent as (
    select cell, count(*) as times from (select columns(lambda c: c = $field) as cell from work.arrival where problem is null) as cells
    where cell is not null group by cell
),
keyed as (
    select cell, times, regexp_replace(regexp_replace(optional(cell), '\p{Cf}', '', 'g'), '\p{Zs}+', ' ', 'g') as name
    from sent
),
stored as (
    select lower(name) as folded, any_value(name) as name
    from (select distinct columns(lambda c: c = $field) as name from query_table($row_table)) as names where name is not null group by all
),
spelled as (
    select
        keyed.cell, coalesce(
            stored.name, first_value(keyed.name) over (partition by lower(keyed.name) order by times desc, keyed.name asc)
        ) as majority
    from keyed left join stored on stored.folded = lower(keyed.name)
)
select $field, cell, majority from spelled where cell is distinct from majority
