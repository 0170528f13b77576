-- The granted orders that expire between the day the data stands at and another, that one too: to be renewed, varied or let go.
select area, team, order_kind, expires_on from protection_order
where decision = 'granted' and order_kind in ('full', 'interim') and expires_on between $as_at and $until
order by expires_on
