-- One row per protective order or notice. Where the expiry is no day ("until further order"), there is none. Older registers say type
-- and stage in one word ("interim"); order_kind is that word, by which the measures of Stalking Protection Orders count.
with cell as (
    select
        t as sent_row, t.line, c.received_on, order_days(t, c.day_order) as days, known(t.order_reference) as order_reference,
        coalesce(clean(t.application_reference), clean(t.order_reference)) as application_reference,
        coalesce(known(t.order_reference), clean(t.application_reference)) as identity, known(t.subject_id) as subject_id,
        coalesce(k.meaning, case when is_blank(t.order_kind) then 'full' else 'unknown' end) as kind,
        coalesce(s.meaning, case when not is_blank(t.stage) then 'unknown' end, stage_of_order(coalesce(k.meaning, 'full'))) as stage,
        coalesce(o.meaning, case when not is_blank(t.origin) then 'unknown' end) as origin,
        case when is_blank(t.decision) then null else coalesce(d.meaning, 'unknown') end as decision,
        d.sent is null and not is_blank(t.decision) or k.sent is null and not is_blank(t.order_kind)
        or s.sent is null and not is_blank(t.stage) or o.sent is null and not is_blank(t.origin) as is_unresolved,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join word_lookup as k on k.field = 'order_kind' and k.sent = t.order_kind
    left join word_lookup as d on d.field = 'decision' and d.sent = t.decision
    left join word_lookup as s on s.field = 'order_stage' and s.sent = t.stage
    left join word_lookup as o on o.field = 'order_origin' and o.sent = t.origin
    left join force_lookup as f on f.sent = force_key(t.force_name)
),
staged as (
    select
        *, type_of_order(kind) as order_type, kind_of_order(type_of_order(kind), stage) as order_kind,
        days[1] as applied_on, days[2] as decided_on, days[3] as expires_on, days[4] as breached_on
    from cell
),
judged as (
    select *, case
        when sent_row.problem is not null then sent_row.problem
        when identity is null or is_blank(identity) then 'no_application'
        when is_mangled(identity) then 'mangled_application'
        when is_mangled_person(subject_id) then 'mangled_subject'
        when decision is null then 'unknown_decision'
        when applied_on is null and not is_no_day(sent_row.applied_on) then 'unreadable_applied_day'
        when decided_on is null and not is_no_day(sent_row.decided_on) then 'unreadable_decided_day'
        when breached_on is null and not is_no_day(sent_row.breached_on) then 'unreadable_breach_day'
        when least(applied_on, decided_on, expires_on, breached_on) < date '1990-01-01' then 'unreadable_applied_day'
        when decision in ('granted', 'made by court') and decided_on is null then 'no_grant_day'
        when decision in ('granted', 'made by court') and subject_id is null then 'no_subject'
        when applied_on > received_on then 'future_applied_day'
        when decided_on > received_on then 'future_decided_day'
        when breached_on > received_on then 'future_breach_day'
        when decided_on < applied_on then 'decided_before_applied'
        when decision in ('granted', 'made by court') and order_kind in ('full', 'interim') and decided_on < date '2020-01-20'
            then 'before_the_act'
        when expires_on < decided_on then 'expiry_before_grant'
    end as problem,
    nullif(concat_ws('|', case when decision = 'unknown' then 'unknown_decision' end,
        case when kind = 'unknown' then 'unknown_order_kind' end, case when stage = 'unknown' then 'unknown_order_stage' end,
        case when origin = 'unknown' then 'unknown_order_origin' end,
        case when has_unreadable_step(sent_row, days) then 'unreadable_step_day' end,
        case when expires_on is null and not is_no_day(sent_row.expires_on) and not is_without_end(sent_row.expires_on)
            then 'unreadable_expiry_day' end,
        case when decision in ('refused', 'withdrawn') and decided_on is null then 'no_decision_day' end), '') as warning
    from staged
)
select
    line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row, application_reference,
    folded_reference(identity) as reference_key, subject_id, order_kind, applied_on, decision, decided_on, expires_on, breached_on,
    force_name, optional(sent_row.area) as area, optional(sent_row.team) as team, order_reference, order_type, stage, origin,
    known(sent_row.crime_reference) as crime_reference, thing_of(force_name, sent_row.crime_reference) as crime_thing,
    known(sent_row.protected_person_id) as protected_person_id, unnest(order_steps(sent_row, days))
from judged
