-- Every protective order and notice of a window by type, stage and who asked for it: how many were decided, granted and made by a court.
select
    order_type, stage, coalesce(origin, 'not said') as origin, count(*) as decided,
    count(*) filter (decision = 'granted') as granted, count(*) filter (decision = 'made by court') as made_by_court,
    count(*) filter (positive_requirements > 0) as with_requirements, count(*) filter (electronic_monitoring) as with_tag,
    count(*) filter (decision in ('refused', 'not authorised')) as refused, count(*) filter (decision = 'withdrawn') as withdrawn
from protection_order
where decided_on >= $from_day and decided_on < $to_day and ($area is null or list_contains($area, area))
group by all order by decided desc, order_type asc, stage asc, origin asc
