-- Of the crimes recorded, those whose victim's ethnicity is known.
select *, case when state = 'known' then 1 else 0 end as numerator, 1 as denominator
from victim_characteristic
where characteristic = 'ethnicity'
