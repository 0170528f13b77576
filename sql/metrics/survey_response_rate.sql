-- Of survivors to be asked, those who answered.
select *, answered as numerator, asked as denominator
from survey_asked
