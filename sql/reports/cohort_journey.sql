-- How far the crimes recorded in a span of days have come: how many were given an outcome, charged, named by a court case,
-- finished and convicted, each a part of the one before; and with what the others ended. A crime with several cases counts
-- once, as convicted where one of them is.
with cohort as (
    select thing, outcome_family, is_assigned, coalesce(outcome_code, '') as outcome_code
    from counted_crime
    where source = 'force' and recorded_on >= $from_day and recorded_on < $to_day
        and ($vawg is null or list_contains($vawg, case when vawg_group is null then 'no' else 'yes' end))
        and ($vawg_group is null or list_contains($vawg_group, vawg_group))
        and ($domestic_abuse is null
            or list_contains($domestic_abuse, case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end))
        and ($area is null or list_contains($area, area))
),
in_court as (
    select
        crime_thing as thing, bool_or(finalised_on is not null and result <> 'open') as is_finished,
        bool_or(result in ('guilty plea', 'found guilty', 'proved in absence')) as is_convicted
    from prosecution where crime_thing is not null group by crime_thing
)
select
    count(*) as recorded,
    count(*) filter (is_assigned) as ended,
    count(*) filter (outcome_family = 'charged') as charged,
    count(*) filter (outcome_family = 'charged' and i.thing is not null) as in_court,
    count(*) filter (outcome_family = 'charged' and i.is_finished) as finished,
    count(*) filter (outcome_family = 'charged' and i.is_finished and i.is_convicted) as convicted,
    count(*) filter (outcome_code = '15') as outcome_15,
    count(*) filter (outcome_code in ('14', '16')) as outcome_14_16,
    count(*) filter (outcome_code = '18') as outcome_18
from cohort as c left join in_court as i on i.thing = c.thing
