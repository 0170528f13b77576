-- One row per area and offence category of one month; the reader has turned the table's columns into rows.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, c.received_on,
        day_of(t.month, c.day_order) as month, known(t.offence_group) as offence_group,
        coalesce(f.force_name, spaced(known(t.area))) as force_name,
        whole(t.convicted) as convicted, whole(t.unsuccessful) as unsuccessful,
        try_cast(replace(known(t.percent_convicted), '%', '') as double) as percent
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.area)
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when month is null then 'no_month'
        when month > received_on then 'future_month'
        when force_name is null then 'no_area'
        when force_name <> 'National' and is_total_area(force_name) then 'total_of_parts'
        when offence_group is null then 'no_category'
        when convicted is null and not is_not_supplied(sent_row.convicted) then 'unreadable_convicted'
        when unsuccessful is null and not is_not_supplied(sent_row.unsuccessful) then 'unreadable_unsuccessful'
        when convicted < 0 or unsuccessful < 0 then 'negative_count'
        when abs(100.0 * convicted / nullif(convicted + unsuccessful, 0) - percent) > 0.0501 then 'percent_disagrees'
    end as problem
    from cell
)
select
    line, problem, cast(null as varchar) as warning, false as is_unresolved,
    case when problem is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    month, force_name, offence_group, convicted, unsuccessful
from judged
