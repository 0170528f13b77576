-- Days from release under investigation to the decision.
select *, cast(date_diff('day', began_on, day) as double) as value
from release_end
where event = 'rui'
