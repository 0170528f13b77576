-- One row per decision of the Crown Prosecution Service, on the day it was made.
select * replace (decided_on as day)
from charging_submission
where decided_on is not null and decision <> 'pending'
