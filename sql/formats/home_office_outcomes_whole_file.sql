-- A column that we do not store is a finer key where it tells rows of one cell apart, and not where it numbers every row.
update work.arrival set offence_key = offence_code
where offence_key <> offence_code and not (
    select count(*) > 0 from (
        select 1 from work.arrival where problem is null
        group by quarter_start, force_name, offence_code, outcome_code having count(distinct offence_key) > 1) as split_cell
) or offence_key <> offence_code and (
    select count(*) > 20 and count(distinct offence_key || '|' || outcome_code) = count(*) from work.arrival where problem is null
)
