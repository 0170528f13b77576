-- One row per re-base: from which day the limits of a metric are worked out anew, why, and who approved it.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, lower(known(t.metric)) as metric,
        day_of(t.rebased_from, c.day_order) as rebased_from, known(t.reason) as reason, known(t.approved_by) as approved_by,
        known(t.offences) as offences_sent, w.meaning as offences, known(t.area) as area,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when metric is null or metric not in (select metric from metric_name) then 'unknown_metric'
        when rebased_from is null then 'unreadable_rebase_day'
        when reason is null then 'no_reason'
        when length(reason) > 120 then 'long_reason'
        when offences is null and offences_sent is not null then 'unknown_offences'
        when approved_by is null then 'nobody_approved_it' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, metric, rebased_from, reason, approved_by, offences, force_name, area
from cell
