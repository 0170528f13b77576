-- Whole months from grant to expiry of full orders, by the calendar: 28 February to 27 May is two.
select *, cast(date_sub('month', day, expires_on) as double) as value
from order_event
where decision = 'granted' and order_kind = 'full' and expires_on is not null
