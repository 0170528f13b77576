-- One row per decision: on which measure, what, by whom until when, and the figure as it was then.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.decision_id) as decision_id, lower(known(t.meeting)) as meeting,
        day_of(t.held_on, c.day_order) as held_on, lower(known(t.metric)) as metric, known(t.what_was_decided) as what_was_decided,
        known(t.owner_role) as owner_role, day_of(t.due_on, c.day_order) as due_on, known(t.expected) as expected,
        coalesce(lower(known(t.status)), 'open') as status, day_of(t.closed_on, c.day_order) as closed_on,
        known(t.what_came_of_it) as what_came_of_it, day_of(t.judged_from, c.day_order) as judged_from,
        day_of(t.judged_to, c.day_order) as judged_to, try_cast(known(t.counted_then) as bigint) as counted_then,
        try_cast(known(t.out_of_then) as bigint) as out_of_then, try_cast(known(t.value_then) as double) as value_then,
        try_cast(known(t.snapshot_then) as integer) as snapshot_then, known(t.offences) as offences_sent, w.meaning as offences,
        known(t.area) as area, coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when decision_id is null then 'no_decision_reference'
        when meeting is null or meeting not in ('weekly', 'monthly', 'quarterly', 'gold') then 'unknown_meeting'
        when held_on is null then 'unreadable_meeting_day'
        when metric is null or metric not in (select metric from metric_name) then 'unknown_metric'
        when what_was_decided is null or length(what_was_decided) > 200 then 'no_decision_words'
        when owner_role is null then 'nobody_owns_it'
        when due_on is null then 'unreadable_due_day'
        when due_on < held_on then 'due_before_decided'
        when status not in ('open', 'done', 'dropped', 'superseded') then 'unknown_decision_state'
        when offences is null and offences_sent is not null then 'unknown_offences' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, decision_id, meeting, held_on, metric, what_was_decided, owner_role, due_on, expected,
    status, closed_on, what_came_of_it, judged_from, judged_to, counted_then, out_of_then, value_then, snapshot_then, offences, force_name,
    area
from cell
