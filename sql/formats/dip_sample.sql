-- One row per crime that was drawn: of which sample and stratum, and how many the stratum holds.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.crime_reference) as crime_reference, known(t.sample_id) as sample_id,
        known(t.stratum) as stratum, try_cast(known(t.stratum_size) as integer) as stratum_size, known(t.seed) as seed,
        day_of(t.drawn_on, c.day_order) as drawn_on, day_of(t.sampled_month, c.day_order) as sampled_month,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
)
select
    line, case
        when read_problem is not null then read_problem
        when crime_reference is null then 'no_reference'
        when sample_id is null or seed is null then 'no_sample'
        when stratum is null or stratum_size is null or stratum_size < 1 then 'no_stratum'
        when drawn_on is null or sampled_month is null then 'unreadable_sample_day' end as problem,
    cast(null as varchar) as warning, false as is_unresolved,
    cast(to_json(sent_row) as varchar) as sent_row, crime_reference, sample_id, stratum, stratum_size, seed, drawn_on, sampled_month,
    force_name
from cell
