-- One row per quarter, force, offence and outcome type. A count may be negative (a correction) or not supplied.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, known(t.financial_year) as financial_year,
        first_year(t.financial_year) as first_year, quarter_of(t.financial_quarter) as financial_quarter,
        upper(clean(t.offence_code)) as offence_code, known(t.outcome_type) as outcome_type,
        f.force_name as known_force, known(t.force_name) as force_name,
        o.outcome_code, o.sent is null and t.outcome_type <> '' as is_unresolved,
        whole(t.recorded_count) as recorded_count, whole(t.closed_count) as closed_count, c.received_on
    from row_of_load as t inner join context as c on c.load_id = t.load_id left join force_lookup as f on f.sent = force_key(t.force_name)
    left join outcome_lookup as o on o.sent = t.outcome_type
),
coded as (
    select
        cell.*,
        coalesce(off.offence_class, off2.offence_class) as offence_class,
        make_date(
            first_year + case when financial_quarter = 4 then 1 else 0 end, cast((financial_quarter * 3) % 12 + 1 as integer), 1
        ) as quarter_start
    from cell left join offence_lookup as off on off.sent = offence_code
    left join offence_lookup as off2 on off2.sent = case when off.sent is null then offence_key(offence_code) end
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when quarter_start is null and is_bare_year(financial_year) then 'bare_year'
        when quarter_start is null or quarter_start < date '1990-01-01' then 'no_quarter'
        when quarter_start > received_on then 'future_quarter'
        when force_name is null then 'no_force'
        when known_force is null and is_total_area(force_name) or is_total_offence(offence_code) or is_total_offence(outcome_type)
            then 'total_of_parts'
        when offence_code is null or is_blank(offence_code) then 'no_offence'
        when outcome_type is null then 'no_outcome_type'
        when outcome_code is null or outcome_code = 'excluded' then 'unknown_outcome_type'
        when abs(recorded_count) > 1000000000 or recorded_count is null and not is_not_supplied(sent_row.recorded_count)
            then 'unreadable_count'
        when abs(closed_count) > 1000000000 or closed_count is null and not is_not_supplied(sent_row.closed_count)
            then 'unreadable_closed_count'
    end as problem,
    case when known_force is null then 'unknown_force'
        when offence_class is null then 'unknown_offence' end as warning
    from coded
)
select
    line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    financial_year, try_cast(financial_quarter as tinyint) as financial_quarter, quarter_start,
    coalesce(known_force, force_name) as force_name, offence_code, offence_class,
    clean(sent_row.offence_description) as offence_description, clean(sent_row.offence_group) as offence_group,
    clean(sent_row.offence_subgroup) as offence_subgroup, outcome_code,
    clean(sent_row.outcome_description) as outcome_description, clean(sent_row.outcome_group) as outcome_group,
    recorded_count, closed_count, offence_code || coalesce('|' || nullif(sent_row.split, ''), '') as offence_key
from judged
