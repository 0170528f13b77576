-- One row per thing that happened and may have moved the figures: a day, what it was, who wrote it down.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, day_of(t.happened_on, c.day_order) as happened_on,
        known(t.what_happened) as what_happened, known(t.noted_by) as noted_by,
        known(t.offences) as offences_sent, w.meaning as offences, known(t.area) as area,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when happened_on is null then 'unreadable_event_day'
        when what_happened is null then 'nothing_happened'
        when length(what_happened) > 120 then 'long_annotation'
        when offences is null and offences_sent is not null then 'unknown_offences'
        when noted_by is null then 'nobody_noted_it' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, happened_on, what_happened, noted_by, offences,
    force_name, area
from cell
