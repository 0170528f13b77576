-- The granted orders that expire within sixty days of the day the data stands at: to be renewed, varied or let go.
select area, team, order_kind, expires_on from protection_order
where decision = 'granted' and order_kind in ('full', 'interim') and expires_on between $as_at and $as_at + interval 60 day
order by expires_on
