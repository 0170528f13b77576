-- Of answers on the whole experience, the satisfied ones.
select
    *, weight * case when answer_code in ('completely_satisfied', 'very_satisfied', 'fairly_satisfied') then 1 else 0 end as numerator,
    weight as denominator
from survey_reply
where question = 'whole_experience'
