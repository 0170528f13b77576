-- The crimes still open, by team and by how long they have been open at the day the data stands at.
select
    coalesce(team, 'team not known') as team, count(*) as open_crimes,
    count(*) filter (date_diff('day', day, $as_at) > 90) as over_90,
    count(*) filter (date_diff('day', day, $as_at) > 180) as over_180,
    count(*) filter (date_diff('day', day, $as_at) > 365) as over_365
from recorded_outcome
where source = 'force' and outcome_family = 'open' and day <= $as_at
    and ($vawg is null or list_contains($vawg, vawg))
    and ($vawg_group is null or list_contains($vawg_group, vawg_group))
    and ($domestic_abuse is null or list_contains($domestic_abuse, domestic_abuse))
group by team order by over_180 desc, team asc
