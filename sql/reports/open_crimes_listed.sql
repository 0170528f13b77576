-- The crimes that have been open for longer than so many days at the day the data stands at, the oldest first.
select
    crime_reference, recorded_on, date_diff('day', recorded_on, $as_at) as days_open, offence_sent as offence,
    coalesce(area, 'not known') as area, coalesce(team, 'not known') as team
from counted_crime
where source = 'force' and outcome_family = 'open' and date_diff('day', recorded_on, $as_at) > $over
    and ($vawg is null or list_contains($vawg, case when vawg_group is null then 'no' else 'yes' end))
    and ($vawg_group is null or list_contains($vawg_group, vawg_group))
    and ($domestic_abuse is null
        or list_contains($domestic_abuse, case when domestic_abuse then 'yes' when not domestic_abuse then 'no' end))
order by days_open desc, crime_reference asc
