-- The loads that a table has rows from, the one that overrules the others last; a full extract some of whose things could not be
-- read protects what older loads say of those, so which of them counts is to be worked out from every load.
select
    l.load_id, l.act, l.counts, l.as_at,
    l.is_full and exists (select 1 from row_set_aside as r where r.load_id = l.load_id and r.thing is not null) as protects
from load as l where l.row_table = $row_table order by l.as_at, l.load_id
