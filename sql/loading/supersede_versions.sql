-- Newest wins: of each thing, the version in the load with the latest data-as-at day, then the highest number.
-- A full extract ends what only older loads of its force hold, but for what it holds and could not be read; the files of
-- one act are one extract.
insert into superseded
with seen as (
    select
        v.thing, v.force_name, s.version_id, l.load_id, l.act, l.is_full,
        date_diff('day', date '1970-01-01', l.as_at) * 1000000 + l.load_id as recency
    from sighting as s
    inner join load as l on l.load_id = s.load_id and l.counts and l.row_table = $row_table
    inner join query_table($row_table) as v on v.version_id = s.version_id
),
newest as (
    select thing, any_value(force_name) as force_name, arg_max(version_id, recency) as version_id, max(recency) as recency
    from seen group by thing
),
last_full as (select force_name, max(recency) as recency, arg_max(act, recency) as act from seen where is_full group by force_name)
select v.version_id from query_table($row_table) as v
where v.version_id not in (
    select n.version_id from newest as n left join last_full as f on f.force_name = n.force_name
    where f.recency is null or n.recency >= f.recency
        or n.thing in (select one.thing from seen as one where one.act = f.act)
        or n.thing in (
            select r.thing from row_set_aside as r inner join load as l on l.load_id = r.load_id
            where l.act = f.act and l.counts and r.thing is not null)
)
