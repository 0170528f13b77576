-- Of first submissions triaged, those sent back.
select *, case when triage = 'rejected' then 1 else 0 end as numerator, 1 as denominator
from charging_submission
where submission_number = 1 and triage in ('accepted', 'rejected')
