-- The releases on bail and under investigation that no decision has ended, by age at the day the data stands at.
select
    case r.event when 'bail' then 'On bail' else 'Under investigation' end as release, count(*) as open_now,
    count(*) filter (date_diff('day', r.day, $as_at) > 28) as over_28, count(*) filter (date_diff('day', r.day, $as_at) > 90) as over_90,
    count(*) filter (date_diff('day', r.day, $as_at) > 180) as over_180,
    count(*) filter (e.thing is not null) as past_expiry, max(date_diff('day', r.day, $as_at)) as oldest
from power_event as r
left join release_end as e on e.thing = r.thing
where r.event in ('bail', 'rui') and e.ended_on is null and r.day <= $as_at and ($area is null or list_contains($area, r.area))
group by r.event order by r.event
