-- Of crimes with a named suspect, those with an arrest within 30 days.
select
    *, case when arrested_on <= day + 30 then 1 else 0 end as numerator, 1 as denominator, arrested_on as known_on
from crime_arrest
