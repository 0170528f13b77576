-- The one grouping, for every metric at every cut: a row per period and breakdown. What differs is bound by name; a filter is the list of
-- its allowed values, or null. Window days and gaps between event days are made here, for they depend on the cut. Who counts once counts
-- where first met, be that place a filter or a breakdown; and once under each kind of order.
with kept as (
    select
        m.* exclude (numerator), case when known_on > $known_until then 0 else numerator end as numerator,
        case $grain when 'week' then cast(date_trunc('week', day) as date)
            when 'month' then cast(date_trunc('month', day) as date)
            when 'quarter' then cast(date_trunc('quarter', day) as date)
            when 'year' then make_date(year(day) - case when month(day) < 4 then 1 else 0 end, 4, 1) end as period,
        case $by1 when 'force_name' then force_name when 'area' then area when 'team' then team
            when 'offence_code' then offence_code when 'offence_group' then offence_group when 'vawg_group' then vawg_group
            when 'vawg' then vawg when 'domestic_abuse' then domestic_abuse when 'victim_sex' then victim_sex
            when 'victim_age_band' then victim_age_band when 'victim_ethnicity' then victim_ethnicity
            when 'victim_disability' then victim_disability when 'victim_religion' then victim_religion
            when 'victim_sexual_orientation' then victim_sexual_orientation when 'order_kind' then order_kind when 'plea' then plea
            when 'court' then court when 'court_kind' then court_kind when 'kind' then kind end as by1,
        case $by2 when 'force_name' then force_name when 'area' then area when 'team' then team
            when 'offence_code' then offence_code when 'offence_group' then offence_group when 'vawg_group' then vawg_group
            when 'vawg' then vawg when 'domestic_abuse' then domestic_abuse when 'victim_sex' then victim_sex
            when 'victim_age_band' then victim_age_band when 'victim_ethnicity' then victim_ethnicity
            when 'victim_disability' then victim_disability when 'victim_religion' then victim_religion
            when 'victim_sexual_orientation' then victim_sexual_orientation when 'order_kind' then order_kind when 'plea' then plea
            when 'court' then court when 'court_kind' then court_kind when 'kind' then kind end as by2
    from query_table($metric) as m
    where source = $source and ($from_day is null or day >= $from_day) and ($to_day is null or day < $to_day)
        and ($force_name is null or list_contains($force_name, force_name))
        and (counted_once is not null or $area is null or list_contains($area, area))
        and (counted_once is not null or $team is null or list_contains($team, team))
        and ($offence_code is null or list_contains($offence_code, offence_code)
            or list_contains($offence_code, offence_sent))
        and ($offence_group is null or list_contains($offence_group, offence_group))
        and ($vawg_group is null or list_contains($vawg_group, vawg_group))
        and ($vawg is null or list_contains($vawg, vawg)) and ($victim_sex is null or list_contains($victim_sex, victim_sex))
        and ($domestic_abuse is null or list_contains($domestic_abuse, domestic_abuse))
        and ($order_kind is null or list_contains($order_kind, order_kind))
        and ($victim_age_band is null or list_contains($victim_age_band, victim_age_band))
        and ($victim_ethnicity is null or list_contains($victim_ethnicity, victim_ethnicity))
        and ($victim_disability is null or list_contains($victim_disability, victim_disability))
        and ($victim_religion is null or list_contains($victim_religion, victim_religion))
        and ($victim_sexual_orientation is null or list_contains($victim_sexual_orientation, victim_sexual_orientation))
        and ($plea is null or list_contains($plea, plea)) and ($court is null or list_contains($court, court))
        and ($court_kind is null or list_contains($court_kind, court_kind)) and ($kind is null or list_contains($kind, kind))
),
counted as (
    select period, by1, by2, numerator, denominator, value from kept where counted_once is null and not $gaps
    union all
    select period, by1, by2, numerator, denominator, value from (
        select *, row_number() over (
            partition by period, force_name, counted_once, case when 'order_kind' in ($by1, $by2) then order_kind end
            order by numerator desc, day asc, order_kind desc, area asc, team asc, by1 asc, by2 asc, value asc) as sighting
        from kept where counted_once is not null
    ) as firsts
    where sighting = 1 and ($area is null or list_contains($area, area)) and ($team is null or list_contains($team, team))
    union all
    select period, by1, by2, null, null, date_diff('day', lag(day) over (partition by by1, by2 order by day), day)
    from (select distinct period, by1, by2, day from kept where $gaps) as event_day
)
select
    period, by1, by2, cast(sum(numerator) as bigint) as numerator, cast(sum(denominator) as bigint) as denominator,
    count(value) as value_count, median(value) as median_value, quantile_cont(value, 0.25) as lower_quartile,
    quantile_cont(value, 0.75) as upper_quartile
from counted
group by period, by1, by2
order by period, by1, by2
