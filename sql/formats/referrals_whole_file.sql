-- A feed is loaded while its sharing agreement runs: what came after its end is set aside, and a file of nothing else is refused.
update work.arrival set
    problem = 'past_agreement', sent_row = coalesce(sent_row, row_text)
from context
where context.load_id = arrival.load_id and arrival.problem is null and arrival.expires_on < context.received_on
