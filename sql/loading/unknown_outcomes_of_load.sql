-- Of the kept rows of this load that say how a case ended ($field), how many say it in words that no list knows.
select count(case when ended = 'unknown' then 1 end) as rows, count(*) as out_of
from (select columns(lambda c: c = $field) as ended from keyed_arrival where problem is null) as arrived
where ended is not null and ended not in ('open', 'pending')
