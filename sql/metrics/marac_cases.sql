-- Cases at the conference.
select *, 1 as numerator, cast(null as integer) as denominator
from referral_made
where scheme = 'marac'
