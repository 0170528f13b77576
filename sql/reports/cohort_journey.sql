-- How far the crimes recorded in a span of days have come, a row for each way one ended, and how long a step took them. Reach: 1 recorded,
-- 2 a suspect named, 3 somebody arrested or interviewed, 4 charged, 5 named by a court case, 6 finished, 7 convicted; what came
-- further has come so far. A crime with several cases counts once, as convicted where one of them is.
with cohort as (
    select thing, outcome_family, is_assigned, coalesce(outcome_code, '') as outcome_code, recorded_on, outcome_on, suspect_id
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
        crime_thing as thing, bool_or(finalised_on is not null and result <> 'open') as is_finished, max(finalised_on) as finalised_on,
        bool_or(result in ('guilty plea', 'found guilty', 'proved in absence')) as is_convicted
    from prosecution where crime_thing is not null group by crime_thing
),
dealt_with as (
    select crime_thing as thing, min(day) as day from power_event
    where crime_thing is not null and event in ('arrest', 'voluntary_attendance') group by crime_thing
),
reached as (
    select
        c.*, date_diff('day', c.recorded_on, d.day) as days_to_arrest, date_diff('day', c.recorded_on, c.outcome_on) as days_to_charge,
        date_diff('day', c.outcome_on, i.finalised_on) as days_to_end,
        case when c.outcome_family = 'charged' then case when i.is_finished and i.is_convicted then 7 when i.is_finished then 6
            when i.thing is not null then 5 else 4 end
            when d.thing is not null then 3 when c.suspect_id is not null then 2 else 1 end as reach
    from cohort as c left join in_court as i on i.thing = c.thing left join dealt_with as d on d.thing = c.thing
)
select
    reach,
    case when reach > 3 then 'charged' when not is_assigned then 'open' when outcome_code in ('14', '16') then 'withdrawn'
        when outcome_code = '15' then 'evidence' when outcome_code = '18' then 'no_suspect' else 'other' end as ended,
    count(*) as crimes,
    (select quantile_disc(r.days_to_arrest, 0.5) from reached as r where r.reach >= 3) as days_to_arrest,
    (select quantile_disc(r.days_to_charge, 0.5) from reached as r where r.reach >= 4) as days_to_charge,
    (select quantile_disc(r.days_to_end, 0.5) from reached as r where r.reach >= 6) as days_to_end,
    (select count(p.suspect_id) > 0 from reached as p) as has_suspects
from reached
group by all order by reach, ended
