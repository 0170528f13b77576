-- One row per recorded breach of an order, on its day, with the type of the order where the register has it.
select
    b.breached_on as day, 'force' as source, b.force_name, b.area, b.team, replace(b.breach_kind, '_', ' ') as kind, b.breach_kind,
    o.order_type, 1 as weight,
    regexp_matches(lower(coalesce(b.breach_outcome, '')), '(^|[^a-z])(charged?|summons(ed)?|postal requisition)([^a-z]|$)')
    and not regexp_matches(lower(b.breach_outcome), '(^|[^a-z])(no|not|un|without|refused|pre)[ -]?(further )?charge') as is_charged
from order_breach as b
left join protection_order as o on o.thing = b.order_thing
