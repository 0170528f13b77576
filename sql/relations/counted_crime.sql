-- One row per crime that counts, from a force's own export or, with a weight, from the Home Office table.
-- A line of the scope counts from its day until its last; one for female victims counts female and unknown-sex victims,
-- and everyone where the source has no sex.
with every_crime as (
    select
        'force' as source, c.force_name, c.area, c.team, c.offence_code, c.offence_class, cast(c.victim_sex as varchar) as victim_sex,
        c.domestic_abuse, c.outcome_code, c.recorded_on, c.outcome_on, 1 as recorded_weight, 1 as closed_weight, c.crime_reference,
        c.thing, c.victim_id, c.suspect_id, c.victim_age, c.victim_ethnicity, c.victim_disability, c.victim_religion,
        c.victim_sexual_orientation, c.included_classifications
    from crime as c
    where not c.is_excluded
    union all
    select
        'home_office', n.force_name, null, null, n.offence_code, n.offence_class, null,
        null, n.outcome_code, n.quarter_start as recorded_on, n.quarter_start as outcome_on, n.recorded_count, n.closed_count, null,
        null, null, null, null, null, null, null, null, null
    from national_outcome as n
    inner join outcome as o on o.outcome_code = n.outcome_code and o.part_of is null
)
select
    e.source, e.force_name, e.area, e.team, e.offence_code as offence_sent,
    coalesce(e.offence_class, e.offence_code) as offence_code, o.offence_group,
    case when s.in_scope or s.in_scope_with_abuse and e.domestic_abuse then s.vawg_group
        when e.domestic_abuse and coalesce(e.victim_sex, 'U') <> 'M' then 'other domestic abuse' end as vawg_group,
    e.victim_sex, e.domestic_abuse, e.outcome_code, coalesce(f.outcome_family, 'open') as outcome_family,
    coalesce(f.is_assigned, '0') = '1' as is_assigned,
    e.recorded_on, e.outcome_on, e.recorded_weight, e.closed_weight, e.crime_reference, s.offence_class is not null as has_line,
    e.thing, e.victim_id, e.suspect_id, e.victim_age, e.victim_ethnicity as ethnicity_sent, e.victim_disability as disability_sent,
    e.victim_religion as religion_sent, e.victim_sexual_orientation as orientation_sent,
    case when e.victim_age < 16 then 'under 16' when e.victim_age < 18 then '16 and 17' when e.victim_age < 25 then '18 to 24'
        when e.victim_age < 35 then '25 to 34' when e.victim_age < 45 then '35 to 44' when e.victim_age < 55 then '45 to 54'
        when e.victim_age < 65 then '55 to 64' when e.victim_age >= 65 then '65 and over' end as victim_age_band,
    case when not list_contains(u.words, upper(e.victim_ethnicity)) then e.victim_ethnicity end as victim_ethnicity,
    case when not list_contains(u.words, upper(e.victim_disability)) then e.victim_disability end as victim_disability,
    case when not list_contains(u.words, upper(e.victim_religion)) then e.victim_religion end as victim_religion,
    case when not list_contains(u.words, upper(e.victim_sexual_orientation)) then e.victim_sexual_orientation
        end as victim_sexual_orientation,
    -- stalking that another crime stands for: its class, a subcode or its name among the classifications
    regexp_matches(lower(e.included_classifications), 'stalk|(^|[^0-9a-z])8q([^0-9a-z]|$)|(^|[^0-9])(0*8/(56|65|66)|195/12)([^0-9]|$)')
        as is_stalking_included
from every_crime as e
cross join (select list(word) as words from unsaid_word) as u
left join offence as o on o.offence_class = e.offence_class
left join scope_line as s on s.offence_class = e.offence_class and s.victim_sex = coalesce(e.victim_sex, 'U')
    and (s.from_day is null or e.recorded_on >= s.from_day) and (s.until_day is null or e.recorded_on <= s.until_day)
left join outcome as f on f.outcome_code = e.outcome_code
