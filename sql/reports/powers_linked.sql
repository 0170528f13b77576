-- How many arrests and voluntary attendances there are, and how many of them name a crime of the crime export.
select count(*) as events, count(*) filter (is_linked) as linked
from power_event
where event in ('arrest', 'voluntary_attendance') and ($area is null or list_contains($area, area))
