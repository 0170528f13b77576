-- The crimes of each cohort by days since recording and what they came to: a latest state is an event on its day, an open
-- crime is followed to the day the data stands at. The filters are those of a cut: allowed values between unit separators.
select
    cast(date_trunc($grain, day) as date) as cohort,
    case when days_to_outcome is null then date_diff('day', day, $as_at) else days_to_outcome end as days,
    case when days_to_outcome is null then null when outcome_family = 'charged' then 'Charged'
        when outcome_code = '15' then 'Outcome 15' when outcome_code = '16' then 'Outcome 16' else 'Another outcome' end as outcome,
    count(*) as crimes
from recorded_outcome
where source = 'force' and day <= $as_at and day >= $from_day and (days_to_outcome is null or days_to_outcome >= 0)
    and ($vawg is null or contains($vawg, chr(31) || vawg || chr(31)))
    and ($vawg_group is null or contains($vawg_group, chr(31) || vawg_group || chr(31)))
    and ($domestic_abuse is null or contains($domestic_abuse, chr(31) || domestic_abuse || chr(31)))
    and ($area is null or contains($area, chr(31) || area || chr(31)))
    and ($team is null or contains($team, chr(31) || team || chr(31)))
group by all
order by cohort, days, outcome
