-- The four fair ways to count the charges of each force in one window: of crimes recorded, of those less the open ones, of
-- outcomes assigned, and charges assigned over crimes recorded.
select
    force_name,
    cast(sum(case when basis = 'R' and outcome_family = 'charged' then weight else 0 end) as bigint) as charged_recorded,
    cast(sum(case when basis = 'R' then weight else 0 end) as bigint) as recorded,
    cast(sum(case when basis = 'R' and outcome_family = 'open' then weight else 0 end) as bigint) as still_open,
    cast(sum(case when basis = 'C' and outcome_family = 'charged' then weight else 0 end) as bigint) as charged_closed,
    cast(sum(case when basis = 'C' then weight else 0 end) as bigint) as closed
from (
    select 'R' as basis, day, source, force_name, offence_code, vawg_group, vawg, outcome_family, weight from recorded_outcome
    union all
    select 'C' as basis, day, source, force_name, offence_code, vawg_group, vawg, outcome_family, weight from closed_outcome
) as counted
where source = $source and day >= $from_day and day < $to_day
    and ($offence_code is null or list_contains($offence_code, offence_code))
    and ($vawg_group is null or list_contains($vawg_group, vawg_group))
    and ($vawg is null or list_contains($vawg, vawg))
group by force_name
order by force_name
