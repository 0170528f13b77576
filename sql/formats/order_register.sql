-- One row per application for an order. Where the expiry is no day ("until further order"), there is none.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, c.received_on,
        clean(t.application_reference) as application_reference, known(t.subject_id) as subject_id,
        coalesce(k.meaning, case when is_blank(t.order_kind) then 'full' else 'unknown' end) as order_kind,
        day_of(t.applied_on, c.day_order) as applied_on,
        case when is_blank(t.decision) then null else coalesce(d.meaning, 'unknown') end as decision,
        (d.sent is null and not is_blank(t.decision)) or (k.sent is null and not is_blank(t.order_kind)) as is_unresolved,
        day_of(t.decided_on, c.day_order) as decided_on, day_of(t.expires_on, c.day_order) as expires_on,
        day_of(t.breached_on, c.day_order) as breached_on,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name,
        optional(t.area) as area, optional(t.team) as team
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join word_lookup as k on k.field = 'order_kind' and k.sent = t.order_kind
    left join word_lookup as d on d.field = 'decision' and d.sent = t.decision
    left join force_lookup as f on f.sent = force_key(t.force_name)
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when application_reference is null or is_blank(application_reference) then 'no_application'
        when is_mangled(application_reference) then 'mangled_application'
        when is_mangled_person(subject_id) then 'mangled_subject'
        when decision is null then 'unknown_decision'
        when applied_on is null and not is_no_day(sent_row.applied_on) then 'unreadable_applied_day'
        when decided_on is null and not is_no_day(sent_row.decided_on) then 'unreadable_decided_day'
        when breached_on is null and not is_no_day(sent_row.breached_on) then 'unreadable_breach_day'
        when least(applied_on, decided_on, expires_on, breached_on) < date '1990-01-01' then 'unreadable_applied_day'
        when decision = 'granted' and decided_on is null then 'no_grant_day'
        when decision = 'granted' and subject_id is null then 'no_subject'
        when applied_on > received_on then 'future_applied_day'
        when decided_on > received_on then 'future_decided_day'
        when breached_on > received_on then 'future_breach_day'
        when decided_on < applied_on then 'decided_before_applied'
        when decision = 'granted' and order_kind in ('full', 'interim') and decided_on < date '2020-01-20' then 'before_the_act'
        when expires_on < decided_on then 'expiry_before_grant'
    end as problem,
    nullif(concat_ws('|', case when decision = 'unknown' then 'unknown_decision' end,
        case when order_kind = 'unknown' then 'unknown_order_kind' end,
        case when expires_on is null and not is_no_day(sent_row.expires_on) and not is_without_end(sent_row.expires_on)
            then 'unreadable_expiry_day' end,
        case when decision in ('refused', 'withdrawn') and decided_on is null then 'no_decision_day' end), '') as warning
    from cell
)
select
    line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    application_reference, folded_reference(application_reference) as reference_key,
    subject_id, order_kind, applied_on, decision, decided_on, expires_on, breached_on,
    force_name, area, team
from judged
