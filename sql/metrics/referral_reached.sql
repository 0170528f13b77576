-- Of accepted referrals, those reached within five working days.
select *, case when first_contact_on <= five_working_days_on then 1 else 0 end as numerator, 1 as denominator
from referral_made
where accepted = 'accepted'
