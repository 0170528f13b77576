-- Of answers on being believed, yes.
select *, weight * case when answer_code = 'yes' then 1 else 0 end as numerator, weight as denominator
from survey_reply
where question = 'felt_believed' and answer_code in ('yes', 'no')
