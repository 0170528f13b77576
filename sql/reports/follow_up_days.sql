-- The crimes of each cohort by days since recording and what they came to: a latest state is an event on its day, an open
-- crime is followed to the day the data stands at. The filters are those of a cut.
select
    cast(date_trunc($grain, day) as date) as cohort,
    coalesce(days_to_outcome, date_diff('day', day, $as_at)) as days,
    case when days_to_outcome is null then null when outcome_family = 'charged' then 'Charged'
        when outcome_code in ('14', '15', '16') then 'Outcome ' || outcome_code else 'Another outcome' end as outcome,
    count(*) as crimes
from recorded_outcome
where source = 'force' and day <= $as_at and day >= $from_day and (days_to_outcome is null or days_to_outcome >= 0)
    and ($vawg is null or list_contains($vawg, vawg))
    and ($vawg_group is null or list_contains($vawg_group, vawg_group))
    and ($domestic_abuse is null or list_contains($domestic_abuse, domestic_abuse))
    and ($area is null or list_contains($area, area))
    and ($team is null or list_contains($team, team))
group by all
order by cohort, days, outcome
