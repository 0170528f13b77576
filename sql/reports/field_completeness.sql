-- Of the crimes recorded in the last twelve months: how many have each field filled in, in words that say something.
with recent as (
    select * from crime where not is_excluded and recorded_on > (select max(newest.recorded_on) from crime as newest) - interval 1 year
)
select
    count(*) as crimes, count(area) as area, count(team) as team, count(offence_class) as offence_code,
    count(case when outcome_code is null or outcome_on is not null then 1 end) as outcome_on,
    count(case when victim_sex in ('F', 'M') then 1 end) as victim_sex, count(victim_age) as victim_age,
    count(case when upper(victim_ethnicity) not in (select word from unsaid_word) then 1 end) as victim_ethnicity,
    count(case when upper(victim_disability) not in (select word from unsaid_word) then 1 end) as victim_disability,
    count(case when upper(victim_religion) not in (select word from unsaid_word) then 1 end) as victim_religion,
    count(case when upper(victim_sexual_orientation) not in (select word from unsaid_word) then 1 end) as victim_sexual_orientation,
    count(domestic_abuse) as domestic_abuse, count(victim_id) as victim_id, count(suspect_id) as suspect_id
from recent
