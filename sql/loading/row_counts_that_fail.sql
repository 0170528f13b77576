-- No load of this act may lose or double a row: rows = kept + set aside + blank, and as many lines seen as kept. Those that do.
with act_load as (select * from load where act = (select max(newest.act) from load as newest)),
seen as (
    select load_id, count(distinct line) as lines from sighting
    where load_id in (select load_id from act_load) group by load_id
),
aside as (
    select load_id, count(distinct line) as lines from row_set_aside
    where kind = 'set_aside' and load_id in (select load_id from act_load) group by load_id
)
select l.file_name, l.row_count, l.kept, l.set_aside, l.blank
from act_load as l left join seen on seen.load_id = l.load_id left join aside on aside.load_id = l.load_id
where l.row_count <> l.kept + l.set_aside + l.blank or l.kept <> coalesce(seen.lines, 0)
    or l.set_aside <> coalesce(aside.lines, 0)
