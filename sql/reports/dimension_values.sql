-- The values that a dimension of a relation has in one source, commonest first.
select value, count(*) as rows from (
    select case $dimension when 'force_name' then force_name when 'area' then area when 'team' then team
        when 'offence_code' then offence_code when 'offence_group' then offence_group when 'vawg_group' then vawg_group
        when 'vawg' then vawg when 'domestic_abuse' then domestic_abuse when 'victim_sex' then victim_sex
        when 'victim_age_band' then victim_age_band when 'victim_ethnicity' then victim_ethnicity
        when 'victim_disability' then victim_disability when 'victim_religion' then victim_religion
        when 'victim_sexual_orientation' then victim_sexual_orientation when 'order_kind' then order_kind when 'plea' then plea
        when 'court' then court when 'court_kind' then court_kind when 'kind' then kind end as value
    from query_table($metric) where source = $source
    union all
    select offence_sent from query_table($metric)
    where $dimension = 'offence_code' and source = $source and offence_sent <> offence_code
) as cells
where value is not null
group by value order by count(*) desc, value asc
