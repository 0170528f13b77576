-- A charge just before its crime was recorded is custody first, but not in a file most of whose outcomes stand before their crimes:
-- there the two columns of days are swapped.
update work.arrival set problem = 'outcome_before_crime'
where problem is null and outcome_on < recorded_on
    and (select count(case when problem = 'outcome_before_crime' then 1 end)
        > count(case when problem is null and outcome_on >= recorded_on then 1 end)
        from work.arrival);
-- A crime in several rows, a victim or a suspect or an outcome each: the row with its newest outcome stands for it, and what
-- differs of its persons is not known. Rows of another recorded day or offence are not folded: of those none is believed.
create or replace table work.several as
with candidate as (
    select rowid as row_number, a.*, hash(outcome_code, outcome_on, victim_sex, victim_age, victim_ethnicity, victim_disability,
        victim_religion,
        victim_sexual_orientation, domestic_abuse, victim_id, suspect_id, area, team, crime_status, is_excluded,
            offence_description) as facts
    from work.arrival as a where problem is null and hash(force_name, reference_key) in (
        select hash(force_name, reference_key) from work.arrival where problem is null group by force_name,
            reference_key having count(*) > 1)
),
newest as (select *, max(outcome_on) over (partition by force_name, reference_key) as newest_on from candidate)
select
    force_name, reference_key, first(row_number order by outcome_on desc nulls last, outcome_code is null asc, line asc) as row_number,
    count(distinct outcome_code) filter (outcome_on is not distinct from newest_on) > 1 as has_several_outcomes,
    string_agg(distinct outcome_code, ' and ') filter (outcome_on is not distinct from newest_on) as outcomes,
    case when count(distinct victim_sex) = 1 then any_value(victim_sex) end as victim_sex,
    case when count(distinct victim_age) = 1 then any_value(victim_age) end as victim_age,
    case when count(distinct victim_ethnicity) = 1 then any_value(victim_ethnicity) end as victim_ethnicity,
    case when count(distinct victim_disability) = 1 then any_value(victim_disability) end as victim_disability,
    case when count(distinct victim_religion) = 1 then any_value(victim_religion) end as victim_religion,
    case when count(distinct victim_sexual_orientation) = 1 then any_value(victim_sexual_orientation) end as victim_sexual_orientation,
    case when count(distinct victim_id) = 1 then any_value(victim_id) end as victim_id,
    case when count(distinct suspect_id) = 1 then any_value(suspect_id) end as suspect_id, bool_or(domestic_abuse) as domestic_abuse,
    greatest(count(distinct victim_sex), count(distinct victim_age), count(distinct victim_ethnicity), count(distinct victim_disability),
        count(distinct victim_religion), count(distinct victim_sexual_orientation), count(distinct victim_id),
            count(distinct suspect_id)) > 1 as differs
from newest group by force_name, reference_key
having count(distinct facts) > 1 and count(distinct recorded_on) = 1 and count(distinct coalesce(offence_class, upper(offence_code))) = 1;
update work.arrival as a set problem = 'one_crime_several_rows', sent_row = coalesce(a.sent_row, cast(to_json(a) as varchar))
from work.several as s
where a.problem is null and a.force_name is not distinct from s.force_name and a.reference_key = s.reference_key
    and a.rowid <> s.row_number;
update work.arrival as a set
    victim_sex = s.victim_sex, victim_age = s.victim_age, victim_ethnicity = s.victim_ethnicity, victim_disability = s.victim_disability,
    victim_religion = s.victim_religion, victim_sexual_orientation = s.victim_sexual_orientation, victim_id = s.victim_id,
    suspect_id = s.suspect_id, domestic_abuse = s.domestic_abuse,
    outcome_code = case when s.has_several_outcomes then 'unknown' else a.outcome_code end,
    outcome_sent = case when s.has_several_outcomes then s.outcomes else a.outcome_sent end,
    warning = nullif(concat_ws('|', a.warning, case when s.differs then 'several_rows' end,
        case when s.has_several_outcomes then 'several_outcomes' end), ''),
    sent_row = coalesce(a.sent_row, cast(to_json(a) as varchar))
from work.several as s where a.rowid = s.row_number
