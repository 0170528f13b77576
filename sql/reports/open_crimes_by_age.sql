-- The crimes still open, by team and by how long they have been open at the day the data stands at.
select
    coalesce(team, 'team not known') as team, count(*) as open_crimes,
    count(*) filter (date_diff('day', day, $as_at) > 90) as over_90,
    count(*) filter (date_diff('day', day, $as_at) > 180) as over_180,
    count(*) filter (date_diff('day', day, $as_at) > 365) as over_365
from recorded_outcome
where source = 'force' and outcome_family = 'open' and day <= $as_at
    and ($vawg is null or contains($vawg, chr(31) || vawg || chr(31)))
    and ($vawg_group is null or contains($vawg_group, chr(31) || vawg_group || chr(31)))
    and ($domestic_abuse is null or contains($domestic_abuse, chr(31) || domestic_abuse || chr(31)))
group by team order by over_180 desc, team
