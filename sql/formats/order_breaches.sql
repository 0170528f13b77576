-- One row per recorded breach of an order.
with cell as (
    select
        t as sent_row, t.line, c.received_on, clean(t.order_reference) as order_reference,
        day_of(t.breached_on, c.day_order) as breached_on, coalesce(k.meaning, 'unknown') as breach_kind,
        k.sent is null and not is_blank(t.breach_kind) as is_unresolved,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join word_lookup as k on k.field = 'breach_kind' and k.sent = t.breach_kind
    left join force_lookup as f on f.sent = force_key(t.force_name)
),
judged as (
    select *, case
        when sent_row.problem is not null then sent_row.problem
        when order_reference is null or is_blank(order_reference) then 'no_breached_order'
        when is_mangled(order_reference) then 'mangled_application'
        when breached_on is null then case when is_no_day(sent_row.breached_on) then 'no_breach_day' else 'unreadable_breach_day' end
        when breached_on < date '1990-01-01' then 'unreadable_breach_day'
        when breached_on > received_on then 'future_breach_day'
    end as problem,
    case when breach_kind = 'unknown' then 'unknown_breach_kind' end as warning
    from cell
)
select
    line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    order_reference, folded_reference(order_reference) as reference_key, thing_of(force_name, order_reference) as order_thing,
    breached_on, breach_kind, known(sent_row.crime_reference) as crime_reference, optional(sent_row.breach_outcome) as breach_outcome,
    force_name, optional(sent_row.area) as area, optional(sent_row.team) as team
from judged
