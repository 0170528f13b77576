-- How most of the people of each group were asked in each wave, in the order of the waves.
select kind as survey_group, day as wave, max_by(mode, (asked, mode)) as mode
from survey_asked
where mode is not null
group by kind, day
order by survey_group asc, wave asc
