-- One row per crime: its typed fields, and the first thing that is wrong with it, if anything is. Codes are looked up
-- as they were sent; a cell that no lookup has yet is unresolved, and the loader resolves it and asks again.
with coded as (
    select
        t as sent_row, reference_of(t.crime_reference) as crime_reference, day_of(t.recorded_on, c.day_order) as recorded_on,
        day_of(t.outcome_on, c.day_order) as outcome_on, coalesce(f.force_name, c.force_name) as force, c.received_on,
        coalesce(f.is_known, true) as is_known_force,
        case when length(t.victim_age) < 3 and not contains(t.victim_age, '.') then try_cast(t.victim_age as integer)
            else age_in(t.victim_age) end as age,
        o.outcome_code, off.offence_class, coalesce(nullif(t.offence_code, ''), t.offence_description) as offence_sent,
        s.meaning as sex, d.meaning as abuse, coalesce(x.outcome_code = 'excluded' or o.outcome_code = 'excluded', false) as excluded,
        x.outcome_code is null and not coalesce(x.is_blank, true) and may_be_no_crime(t.crime_status) as is_doubted,
        coalesce(off.is_blank, true) as no_offence, o.outcome_code is null and not coalesce(o.is_blank, true) as is_unknown,
        (o.sent is null and t.outcome_code <> '') or (s.sent is null and t.victim_sex <> '') or (x.sent is null and t.crime_status <> '')
        or (d.sent is null and t.domestic_abuse <> '') or (f.sent is null and t.force_name <> '')
        or (off.sent is null and coalesce(nullif(t.offence_code, ''), t.offence_description) <> '') as is_unresolved
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join outcome_lookup as o on o.sent = t.outcome_code
    left join outcome_lookup as x on x.sent = t.crime_status
    left join offence_lookup as off on off.sent = coalesce(nullif(t.offence_code, ''), t.offence_description)
    left join force_lookup as f on f.sent = t.force_name
    left join word_lookup as s on s.field = 'sex' and s.sent = t.victim_sex
    left join word_lookup as d on d.field = 'flag' and d.sent = t.domestic_abuse
),
judged as (
    select *, case
        when sent_row.problem is not null then sent_row.problem
        when crime_reference is null or (length(crime_reference) < 8 and is_blank(crime_reference))
            or length(crime_reference) < 14 and is_placeholder(crime_reference) then 'no_reference'
        when is_mangled(crime_reference) then 'mangled_reference'
        when look_alike(force) then 'look_alike_force'
        when recorded_on is null then case when is_no_day(sent_row.recorded_on) then 'no_day' else 'unreadable_day' end
        when recorded_on > received_on then 'future_day'
        when recorded_on < date '1900-01-01' then 'unreadable_day'
        when outcome_on is null and sent_row.outcome_on <> '' and not is_no_day(sent_row.outcome_on) then 'unreadable_outcome_day'
        when outcome_on > received_on then 'future_outcome_day'
        when outcome_on < recorded_on and not is_charge_before(outcome_code, outcome_on, recorded_on) then 'outcome_before_crime'
        when is_unknown and is_masked(sent_row.outcome_code) then 'masked_outcome'
        when is_unknown and sex is null and upper(sent_row.victim_age) in ('F', 'M', 'U', 'FEMALE', 'MALE') then 'shifted_row'
        when age < 0 or age > 120 then 'impossible_age'
        when offence_class is null and no_offence then 'no_offence'
    end as problem,
    nullif(concat_ws('|', case when excluded then 'left_out' end, case when is_doubted then 'unknown_status' end,
        case when is_unknown then 'unknown_outcome' end, case when outcome_on < recorded_on then 'charged_before_recorded' end,
        case when age is null and sent_row.victim_age <> '' and not is_blank(sent_row.victim_age) then 'unreadable_age' end,
        case when offence_class is null then 'unknown_offence' end, case when not is_known_force then 'unknown_force' end,
        case when abuse is null and sent_row.domestic_abuse <> '' and not is_blank(sent_row.domestic_abuse) then 'unreadable_flag' end,
        case when sex is null and sent_row.victim_sex <> '' and not is_blank(sent_row.victim_sex) then 'unreadable_sex' end), '') as warning
    from coded
)
select
    sent_row.line, problem, warning, is_unresolved,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    crime_reference, folded_reference(crime_reference) as reference_key, recorded_on, offence_sent as offence_code, offence_class,
    sent_row.offence_description, coalesce(nullif(sent_row.crime_status, ''),
        case when outcome_code = 'excluded' then sent_row.outcome_code end) as crime_status, force as force_name,
    nullif(sent_row.area, '') as area, nullif(sent_row.team, '') as team,
    case when is_unknown then 'unknown' when outcome_code not in ('0', 'excluded') then outcome_code end as outcome_code,
    case when is_unknown then sent_row.outcome_code end as outcome_sent, outcome_on,
    cast(sex as sex) as victim_sex, cast(case when age between 0 and 120 then age end as smallint) as victim_age,
    nullif(sent_row.victim_ethnicity, '') as victim_ethnicity, nullif(sent_row.victim_disability, '') as victim_disability,
    nullif(sent_row.victim_religion, '') as victim_religion, nullif(sent_row.victim_sexual_orientation, '') as victim_sexual_orientation,
    nullif(sent_row.included_classifications, '') as included_classifications, cast(abuse as boolean) as domestic_abuse,
    known(sent_row.victim_id) as victim_id, known(sent_row.suspect_id) as suspect_id, excluded as is_excluded
from judged
