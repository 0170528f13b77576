-- Rows new to the store whose reference is that of a stored row but for zeros before it: how many, and three of them.
with fresh as (
    select k.force_name, columns(lambda c: c = $field) as sent from keyed_arrival as k
    where k.problem is null and not exists (select 1 from query_table($row_table) as v where v.thing = k.thing)
),
stored as (
    select v.force_name, columns(lambda c: c = $field) as held from query_table($row_table) as v
    where not exists (select 1 from superseded as s where s.version_id = v.version_id)
)
select
    count(distinct sent) as lost,
    array_to_string(list_sort(list(distinct sent || ' and ' || held))[1:3], ', ') as examples
from fresh inner join stored on ltrim(fresh.sent, '0') = ltrim(stored.held, '0') and fresh.sent <> stored.held
    and fresh.force_name is not distinct from stored.force_name
where fresh.sent <> '' and (starts_with(fresh.sent, '0') or starts_with(stored.held, '0'))
