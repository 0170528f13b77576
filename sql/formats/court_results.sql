-- One row per defendant in one case.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, c.received_on,
        clean(t.case_reference) as case_reference, known(t.crime_reference) as crime_reference,
        known(t.defendant_id) as defendant_id, known(t.offence_code) as offence_code,
        day_of(t.charged_on, c.day_order) as charged_on, day_of(t.finalised_on, c.day_order) as finalised_on,
        coalesce(r.meaning, case when is_blank(t.result) then 'open' else 'unknown' end) as result,
        (r.sent is null and not is_blank(t.result)) or (off.sent is null and t.offence_code <> '') as is_unresolved, off.offence_class,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name,
        optional(t.area) as area, sentence_months_of(t.sentence_months) as months_sent
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join word_lookup as r on r.field = 'result' and r.sent = t.result
    left join offence_lookup as off on off.sent = t.offence_code
    left join force_lookup as f on f.sent = force_key(t.force_name)
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when case_reference is null or is_blank(case_reference) then 'no_case'
        when is_mangled(case_reference) then 'mangled_case'
        when is_mangled_person(defendant_id) then 'mangled_defendant'
        when charged_on is null and not is_no_day(sent_row.charged_on) then 'unreadable_charge_day'
        when finalised_on is null and not is_no_day(sent_row.finalised_on) then 'unreadable_final_day'
        when least(charged_on, finalised_on) < date '1990-01-01' then 'unreadable_charge_day'
        when result not in ('open', 'unknown') and finalised_on is null then 'no_final_day'
        when charged_on > received_on then 'future_charge_day'
        when finalised_on > received_on then 'future_final_day'
        when finalised_on < charged_on then 'final_before_charge'
    end as problem, case when months_sent between 0 and 1200 then months_sent end as sentence_months,
    nullif(concat_ws('|', case when result = 'unknown' then 'unknown_result' end,
        case when not coalesce(months_sent between 0 and 1200, is_blank(sent_row.sentence_months)) then 'unreadable_months' end,
        case when offence_code is not null and offence_class is null then 'unknown_offence' end), '') as warning
    from cell
)
select
    line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    case_reference, folded_reference(case_reference) as reference_key, crime_reference, defendant_id, offence_code, offence_class,
        charged_on, finalised_on,
    optional(sent_row.court) as court, plea_of(sent_row.plea) as plea, result,
    optional(sent_row.sentence) as sentence, sentence_months, force_name, area,
    thing_of(force_name, crime_reference) as crime_thing, court_kind_of(sent_row.court) as court_kind,
    sentence_kind_of(sent_row.sentence) as sentence_kind
from judged
