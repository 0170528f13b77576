-- How many versions only this load holds: what goes when its archive goes.
select count(distinct version_id) as things from sighting as s
where s.load_id = $load_id and not exists (
    select 1 from sighting as o inner join load as l on l.load_id = o.load_id and l.forgotten_at is null
    where o.version_id = s.version_id and o.load_id <> $load_id)
