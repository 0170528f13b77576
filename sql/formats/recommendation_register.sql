-- One row per recommendation: its source and number, its words, who owns it, how far it is, and the measures that would show it.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.rec_no) as rec_no, known(t.recommended_by) as recommended_by,
        known(t.recommendation) as recommendation, known(t.sub_no) as sub_no, day_of(t.published_on, c.day_order) as published_on,
        known(t.owner_role) as owner_role, replace(replace(lower(known(t.status)), ' ', '_'), '-', '_') as status,
        day_of(t.status_on, c.day_order) as status_on, day_of(t.due_on, c.day_order) as due_on, known(t.strand) as strand,
        known(t.response) as response, lower(replace(known(t.evidence_metrics), ' ', '')) as evidence_metrics,
        known(t.latest_update) as latest_update, known(t.offences) as offences_sent, w.meaning as offences,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join value_label as w on w.list = 'offences' and w.sent = upper(known(t.offences))
)
select
    line, case
        when read_problem is not null then read_problem
        when rec_no is null then 'no_recommendation_number'
        when recommended_by is null then 'nobody_recommended_it'
        when recommendation is null or length(recommendation) > 600 then 'no_recommendation_words'
        when owner_role is null then 'nobody_owns_it'
        when status is null or status not in ('awaiting_review', 'being_progressed', 'complete', 'superseded', 'reopened')
            then 'unknown_recommendation_state'
        when status_on is null then 'unreadable_status_day'
        when not list_has_all((select list(metric) from metric_name), string_split(evidence_metrics, ';'))
            then 'unknown_evidence'
        when offences is null and offences_sent is not null then 'unknown_offences' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, rec_no, recommended_by, recommendation, sub_no, published_on, owner_role, status,
    status_on, due_on, strand, response, evidence_metrics, latest_update, offences, force_name
from cell
