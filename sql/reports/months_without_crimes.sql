-- Months in which an area recorded no crime at all, though it did before and the force did then.
with monthly as (
    select distinct area, cast(date_trunc('month', recorded_on) as date) as month from crime where area is not null
),
since as (select area, min(month) as first_month from monthly group by area)
select since.area, months.month
from since
inner join (select distinct month from monthly) as months on months.month > since.first_month
left join monthly as m on m.area = since.area and m.month = months.month
where m.area is null
order by months.month desc, since.area asc
