-- Of bails that ended, those that ran out.
select *, case when is_lapsed then 1 else 0 end as numerator, 1 as denominator
from release_end
where event = 'bail'
