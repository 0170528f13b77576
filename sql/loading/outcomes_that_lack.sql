-- Of the kept crimes of this load: how many outcomes there are and how many have no day, so that no figure of outcomes given has them; and
-- how many crimes their status calls closed that have no outcome.
select
    count(case when outcome_code <> 'unknown' and outcome_on is null then 1 end) as rows,
    count(case when outcome_code <> 'unknown' then 1 end) as out_of,
    count(case when outcome_code is null
        and regexp_matches(crime_status, '^\s*(closed|filed|finali[sz]ed|detected|undetected|completed?)\b', 'i') then 1 end) as closed
from keyed_arrival where problem is null and not is_excluded
