-- What every metric has beside the day and the source of its rows: a column that its own query does not give is null in it.
-- First the dimensions, as metrics/relations.py names them.
select
    cast(null as varchar) as force_name, cast(null as varchar) as area, cast(null as varchar) as team,
    cast(null as varchar) as offence_code, cast(null as varchar) as offence_sent, cast(null as varchar) as offence_group,
    cast(null as varchar) as vawg_group, cast(null as varchar) as vawg, cast(null as varchar) as domestic_abuse,
    cast(null as varchar) as victim_sex, cast(null as varchar) as victim_age_band, cast(null as varchar) as victim_ethnicity,
    cast(null as varchar) as victim_disability, cast(null as varchar) as victim_religion,
    cast(null as varchar) as victim_sexual_orientation,
    cast(null as varchar) as order_kind, cast(null as varchar) as plea, cast(null as varchar) as court,
    cast(null as varchar) as court_kind, cast(null as varchar) as kind,
    cast(null as date) as known_on, cast(null as varchar) as counted_once,
    cast(null as bigint) as numerator, cast(null as bigint) as denominator,
    cast(null as double) as value
