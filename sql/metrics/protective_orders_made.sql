-- Orders and notices of every kind that were granted or made by a court.
select *, 1 as numerator
from order_of_any_kind
where decision <> 'unknown'
