-- One row per subject and grant of a stalking protection order, on the day of the grant: the first VAWG crime recorded after it of
-- which the subject is the suspect.
select
    o.day, o.source, o.force_name, o.area, o.team, o.order_kind, o.subject_id, min(c.recorded_on) as reported_on
from order_event as o
left join counted_crime as c on c.source = 'force' and c.force_name = o.force_name and c.suspect_id = o.subject_id
    and c.vawg_group is not null and c.recorded_on > o.day
where o.decision = 'granted' and o.order_kind = 'full'
group by o.day, o.source, o.force_name, o.area, o.team, o.order_kind, o.subject_id
