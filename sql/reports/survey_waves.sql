-- The newest waves: who was asked, how, by whom, and how many answered.
select day as wave, kind as survey_group, sum(asked) as asked, sum(answered) as answered, mode, by_whom
from survey_asked
where ($area is null or list_contains($area, area))
group by all order by wave desc, asked desc, survey_group asc limit 6
