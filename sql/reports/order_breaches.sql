-- The breaches recorded in a window, by type of order and kind of breach; of an order that no register holds, the type is not known.
select
    coalesce(o.order_type, 'not in the register') as order_type, b.breach_kind, count(*) as breaches,
    count(distinct b.order_thing) as orders
from order_breach as b
left join protection_order as o on o.thing = b.order_thing
where b.breached_on >= $from_day and b.breached_on < $to_day and ($area is null or list_contains($area, coalesce(b.area, o.area)))
group by all order by breaches desc, order_type asc, breach_kind asc
