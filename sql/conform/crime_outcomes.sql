-- One row per crime: its typed fields, and the first thing that is wrong with it, if anything is.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, c.received_on, c.force_name as our_force, t.force_name,
        clean(t.crime_reference) as crime_reference, day_of(t.recorded_on, c.day_order) as recorded_on,
        coalesce(nullif(t.offence_code, ''), t.offence_description) as offence_sent, t.outcome_code as outcome_sent,
        day_of(t.outcome_on, c.day_order) as outcome_on, age_in(t.victim_age) as age
    from text_row as t cross join context as c
),
coded as (
    select
        cell.*, coalesce(o.outcome_code, o2.outcome_code) as outcome_code,
        coalesce(off.offence_class, off2.offence_class) as offence_class,
        coalesce(f.force_name, clean(cell.force_name), our_force) as force,
        coalesce(s.meaning, s2.meaning) as sex, x.sent is not null as excluded, coalesce(d.meaning, d2.meaning) as abuse
    from cell left join outcome_lookup as o on o.sent = outcome_sent
    left join outcome_lookup as o2 on o2.sent = case when o.sent is null then outcome_key(outcome_sent) end
    left join offence_lookup as off on off.sent = offence_sent
    left join offence_lookup as off2 on off2.sent = case when off.sent is null then offence_key(offence_sent) end
    left join outcome_lookup as x on x.sent = label_key(sent_row.crime_status) and x.outcome_code = 'excluded'
    left join force_lookup as f on f.sent = force_key(cell.force_name)
    left join sex_word as s on s.sent = sent_row.victim_sex
    left join sex_word as s2 on s2.sent = case when s.sent is null then upper(clean(sent_row.victim_sex)) end
    left join flag_word as d on d.sent = sent_row.domestic_abuse
    left join flag_word as d2 on d2.sent = case when d.sent is null then upper(clean(sent_row.domestic_abuse)) end
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when crime_reference is null or is_blank(crime_reference) then 'no_reference'
        when contains(crime_reference, 'E+') and regexp_full_match(crime_reference, '[0-9]([.,][0-9]+)?E\+[0-9]+')
            then 'mangled_reference'
        when recorded_on is null then case when is_blank(sent_row.recorded_on) then 'no_day' else 'unreadable_day' end
        when recorded_on > received_on then 'future_day'
        when recorded_on < date '1900-01-01' then 'unreadable_day'
        when outcome_code is null and outcome_sent <> '' and not is_blank(outcome_sent) then 'unknown_outcome'
        when outcome_on is null and sent_row.outcome_on <> '' and not is_blank(sent_row.outcome_on) then 'unreadable_outcome_day'
        when outcome_on > received_on then 'future_outcome_day'
        when outcome_on < recorded_on then 'outcome_before_crime'
        when age < 0 or age > 120 then 'impossible_age'
        when offence_class is null and is_blank(offence_sent) then 'no_offence'
        when look_alike(sent_row.area) then 'look_alike_area'
    end as problem,
    case when age is null and sent_row.victim_age <> '' and not is_blank(sent_row.victim_age) then 'unreadable_age'
        when offence_class is null then 'unknown_offence' end as warning
    from coded
)
select
    line, problem, warning,
    case when problem is not null or warning is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    crime_reference, recorded_on, offence_sent as offence_code, offence_class,
    sent_row.offence_description as offence_description, nullif(sent_row.crime_status, '') as crime_status,
    force as force_name, nullif(sent_row.area, '') as area, nullif(sent_row.team, '') as team,
    case when outcome_code not in ('0', 'excluded') then outcome_code end as outcome_code, outcome_on,
    cast(sex as sex) as victim_sex, cast(age as smallint) as victim_age,
    nullif(sent_row.victim_ethnicity, '') as victim_ethnicity, nullif(sent_row.victim_disability, '') as victim_disability,
    nullif(sent_row.victim_religion, '') as victim_religion, nullif(sent_row.victim_sexual_orientation, '') as victim_sexual_orientation,
    cast(abuse as boolean) as domestic_abuse, clean(sent_row.victim_id) as victim_id, clean(sent_row.suspect_id) as suspect_id,
    excluded or coalesce(outcome_code = 'excluded', false) as is_excluded
from judged
