-- One row per recorded breach of an order, on its day.
select
    breached_on as day, 'force' as source, force_name, area, team, replace(breach_kind, '_', ' ') as kind,
    breach_kind, breach_outcome, 1 as weight
from order_breach
