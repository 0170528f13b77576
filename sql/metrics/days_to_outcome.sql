-- Days from recording to the outcome, for crimes given one in the period.
select *, cast(days_to_outcome as double) as value
from closed_outcome
where days_to_outcome is not null and outcome_family <> 'not_known'
