-- One row per start of a programme: its name, the day, and the area or team in which it starts then; neither is the whole force.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.programme) as programme,
        day_of(t.starts_on, c.day_order) as starts_on, known(t.phase) as phase, known(t.area) as area, known(t.team) as team,
        known(t.noted_by) as noted_by, coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
)
select
    line, case
        when read_problem is not null then read_problem
        when programme is null then 'no_programme'
        when length(programme) > 80 then 'long_programme'
        when starts_on is null then 'unreadable_start'
        when area is not null and team is not null then 'area_and_team'
        when noted_by is null then 'nobody_noted_the_programme' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, programme, starts_on, phase, area, team, noted_by, force_name
from cell
