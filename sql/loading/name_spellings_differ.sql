-- Is any name in one column spelled in two ways, here or in what is stored, or not as it would be stored?
with sent as (
    select distinct columns(lambda c: c = $field) as cell from work.typed
),
stored as (
    select distinct columns(lambda c: c = $field) as cell from query_table($row_table)
),
named as (
    select cell, nfc_normalize(regexp_replace(regexp_replace(optional(cell), '\p{Cf}', '', 'g'), '\p{Zs}+', ' ', 'g')) as name
    from (
        select cell from sent
        union
        select cell from stored
    ) as cells where cell is not null
)
select
    count(*) > count(distinct lower(name))
    or count(*) filter (cell is distinct from name or regexp_matches(cell, '[ÂÃÄÅâ]')) > 0 as differ
from named
