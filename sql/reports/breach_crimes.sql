-- Crimes recorded in a window that are breaches of an order, by offence, and how many of them were charged so far.
select
    coalesce(o.description, c.offence_code) as offence, count(*) as crimes,
    count(*) filter (c.outcome_family = 'charged') as charged
from recorded_outcome as c
left join offence as o on o.offence_class = c.offence_code
where c.source = 'force' and c.vawg_group = 'order breaches' and c.day >= $from_day and c.day < $to_day
    and ($area is null or list_contains($area, c.area))
group by all order by crimes desc, offence asc
