-- Of the crimes recorded in a window: how many victims' characteristic is known, declined, not asked or blank; in all or by $by.
select
    characteristic,
    case $by when 'area' then area when 'team' then team
        when 'month' then cast(cast(date_trunc('month', day) as date) as varchar) end as name,
    count(*) as crimes, count(*) filter (state = 'known') as known, count(*) filter (state = 'declined') as declined,
    count(*) filter (state = 'not asked') as not_asked, count(*) filter (state = 'blank') as blank
from victim_characteristic
where day >= $from_day and day < $to_day and ($characteristic is null or characteristic = $characteristic)
    and ($vawg is null or list_contains($vawg, vawg))
    and ($vawg_group is null or list_contains($vawg_group, vawg_group))
    and ($domestic_abuse is null or list_contains($domestic_abuse, domestic_abuse))
group by all
order by name, characteristic
