-- How a name column is spelled: every other spelling of a name becomes the commonest one. Names that differ only
-- by case, spaces and invisible characters are one; a name the store knows already keeps its spelling there.
insert into work.spelling
with sent as (
    select cell, count(*) as times from (select columns(lambda c: c = $field) as cell from work.arrival where problem is null)
    where cell is not null group by cell
),
keyed as (
    select cell, times, regexp_replace(regexp_replace(known(cell), '\p{Cf}', '', 'g'), '\p{Zs}+', ' ', 'g') as name
    from sent
),
spelled as (select *, arg_max(name, times) over (partition by lower(name)) as majority from keyed)
select $field, cell, majority from spelled where cell is distinct from majority
