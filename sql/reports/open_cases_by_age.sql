-- The court cases still open, by kind of court and by how long it is since the charge at the day the data stands at.
select
    coalesce(court_kind, 'court not known') as court_kind, count(*) as open_cases,
    count(*) filter (date_diff('day', charged_on, $as_at) > 90) as over_90,
    count(*) filter (date_diff('day', charged_on, $as_at) > 180) as over_180,
    count(*) filter (date_diff('day', charged_on, $as_at) > 365) as over_365,
    median(date_diff('day', charged_on, $as_at)) as median_age, max(date_diff('day', charged_on, $as_at)) as oldest
from prosecution
where result = 'open' and charged_on <= $as_at and ($area is null or list_contains($area, area))
group by court_kind order by open_cases desc, court_kind asc
