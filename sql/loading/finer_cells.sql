-- Rows of a national table that are another split of cells which another load counts already: of one quarter, force, class
-- and outcome the store holds other rows, and none of those in this file. How many, and of which load.
with cell as (
    select distinct quarter_start, force_name, coalesce(offence_class, offence_code) as class, outcome_code,
        thing from keyed_arrival where problem is null
),
held as (
    select v.quarter_start, v.force_name, coalesce(v.offence_class, v.offence_code) as class, v.outcome_code, v.thing, s.load_id
    from national_outcome_row as v inner join sighting as s on s.version_id = v.version_id
    inner join load as l on l.load_id = s.load_id and l.counts
    where not exists (select 1 from superseded as u where u.version_id = v.version_id)
),
together as (
    select c.quarter_start, c.force_name, c.class, c.outcome_code, max(h.load_id) as load_id, bool_or(c.thing = h.thing) as is_same
    from cell as c inner join held as h on h.quarter_start = c.quarter_start and h.force_name = c.force_name
        and h.class = c.class and h.outcome_code = c.outcome_code
    group by all
)
select count(*) as cells, max(load_id) as load_id, min(class) as example from together where not is_same
