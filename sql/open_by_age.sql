-- The crimes still open in the VAWG scope, by team and by how long they have been open at the day the data stands at.
select
    coalesce(team, 'team not known') as team, count(*) as open_crimes,
    count(*) filter (date_diff('day', day, $as_at) > 90) as over_90,
    count(*) filter (date_diff('day', day, $as_at) > 180) as over_180,
    count(*) filter (date_diff('day', day, $as_at) > 365) as over_365
from recorded_outcome
where source = 'force' and vawg = 'yes' and outcome_family = 'open' and day <= $as_at
group by team order by over_180 desc, team
