-- One row per claim: its words, who said it when, the measure that tests it, and how: at least or at most a figure, risen by a share on
-- the year before, the highest of all forces, or not at all. A share may be written 98 % or 0.98.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.claim_id) as claim_id, known(t.claim_words) as claim_words,
        known(t.said_by) as said_by, day_of(t.said_on, c.day_order) as said_on, known(t.said_where) as said_where,
        lower(known(t.metric)) as metric, replace(lower(known(t.comparator)), ' ', '_') as comparator,
        known(t.claimed_figure) as figure_sent,
        case when contains(t.claimed_figure, '%') then try_cast(trim(replace(t.claimed_figure, '%', '')) as double) / 100
            else try_cast(known(t.claimed_figure) as double) end as claimed_figure,
        try_cast(known(t.window_months) as integer) as window_months, known(t.team) as team,
        known(t.offences) as offences_sent, w.meaning as offences, known(t.area) as area,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when claim_id is null then 'no_claim_reference'
        when claim_words is null or length(claim_words) > 200 then 'no_claim_words'
        when said_by is null then 'nobody_claimed_it'
        when said_on is null then 'unreadable_claim_day'
        when comparator is null or comparator not in ('at_least', 'at_most', 'rose_by', 'highest', 'not_testable') then 'unknown_comparator'
        when comparator <> 'not_testable' and (metric is null or metric not in (select metric from metric_name)) then 'unknown_metric'
        when comparator in ('at_least', 'at_most', 'rose_by') and claimed_figure is null then 'unreadable_claim'
        when claimed_figure > 1 and metric in (select metric from metric_name where is_share) then 'claim_above_one'
        when offences is null and offences_sent is not null then 'unknown_offences'
        when window_months < 1 or window_months > 120 then 'unreadable_window' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, claim_id, claim_words, said_by, said_on, said_where, metric, comparator,
    claimed_figure, window_months, team, offences, force_name, area
from cell
