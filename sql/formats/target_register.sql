-- One row per target: a metric, the figure to reach, and from which day. A share may be written 20 % or 0.2.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, lower(known(t.metric)) as metric,
        case when regexp_matches(t.target, '%|per ?cent', 'i')
            then try_cast(trim(regexp_replace(t.target, '%|per ?cent', '', 'i')) as double) / 100
            else try_cast(regexp_replace(regexp_replace(known(t.target), '(days?|months?|orders?)$', '', 'i'),
                '(\d),(\d{3})\b', '\1\2', 'g') as double) end as target,
        day_of(t.applies_from, c.day_order) as applies_from, known(t.set_by) as set_by, lower(known(t.counter_metric)) as counter_metric,
        known(t.offences) as offences_sent, w.meaning as offences, known(t.area) as area,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when metric is null or metric not in (select metric from metric_name) then 'unknown_metric'
        when counter_metric not in (select metric from metric_name) then 'unknown_counter_metric'
        when target is null or target < 0 then 'unreadable_target'
        when target > 1 and metric in (select metric from metric_name where is_share) then 'target_above_one'
        when offences is null and offences_sent is not null then 'unknown_offences'
        when applies_from is null then 'unreadable_target_day'
        when set_by is null then 'nobody_set_it' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, metric, target, applies_from, set_by, counter_metric, offences,
    force_name, area
from cell
