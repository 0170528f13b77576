-- The applications to the disclosure scheme that are open, by route and by age at the day the data stands at.
select
    kind, count(*) as open_now, count(*) filter (date_diff('day', applied_on, $as_at) > 28) as over_28,
    count(*) filter (date_diff('day', applied_on, $as_at) > 35) as over_35, max(date_diff('day', applied_on, $as_at)) as oldest
from disclosure_application
where status = 'open' and applied_on <= $as_at and ($area is null or list_contains($area, area))
group by kind order by kind
