-- How long crimes took to an outcome, or cases to their end, with those that are still open at the day the data stands at: a row for each
-- number of days. `first_day` is the day by which all but one in two hundred had begun to be recorded or charged.
with begun as (
    select recorded_on as start_day, case when is_assigned and outcome_on is not null then outcome_on end as end_day
    from counted_crime where source = 'force' and $of = 'crimes'
    union all
    select charged_on, case when result <> 'open' then finalised_on end from prosecution where charged_on is not null and $of = 'cases'
)
select
    date_diff('day', start_day, coalesce(end_day, $as_at)) as days, end_day is not null as is_ended, count(*) as cases,
    (select quantile_disc(b.start_day, 0.005) from begun as b) as first_day
from begun
where date_diff('day', start_day, coalesce(end_day, $as_at)) >= 0
group by all order by days asc, is_ended asc
