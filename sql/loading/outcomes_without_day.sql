-- Of the kept crimes of this load with an outcome, how many have no day of it: they are in no figure of outcomes given.
select count(case when outcome_on is null then 1 end) as rows, count(*) as out_of
from keyed_arrival where problem is null and outcome_code is not null and outcome_code <> 'unknown' and not is_excluded
