-- The steps of applications for stalking protection orders considered in a window: how many came so far, and the median days from the step
-- before. One line for each step, in their order.
with application as (
    select
        coalesce(considered_on, authorised_on, applied_on) as considered, authorised_on as authorised, applied_on as applied,
        heard_on as heard, case when decision = 'granted' then decided_on end as granted,
        case when decision = 'granted' then served_on end as served
    from protection_order
    where order_kind in ('full', 'interim') and coalesce(origin, 'police') = 'police'
        and coalesce(considered_on, authorised_on, applied_on) >= $from_day
        and coalesce(considered_on, authorised_on, applied_on) < $to_day and ($area is null or list_contains($area, area))
)
select 1 as place, 'Considered' as step, count(considered) as orders, cast(null as double) as median_days from application
union all
select 2, 'Authorised', count(authorised), median(date_diff('day', considered, authorised)) from application
union all
select 3, 'Applied for', count(applied), median(date_diff('day', coalesce(authorised, considered), applied)) from application
union all
select 4, 'Heard', count(heard), median(date_diff('day', applied, heard)) from application
union all
select 5, 'Granted', count(granted), median(date_diff('day', applied, granted)) from application
union all
select 6, 'Served', count(served), median(date_diff('day', granted, served)) from application
order by place
