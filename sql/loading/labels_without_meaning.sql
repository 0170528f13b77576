-- The labels of the file that are still not known, at most so many of each list as a code list can have.
select field, sent from (
    select 'outcome_code' as field, sent from outcome_lookup where outcome_code is null and not is_blank
    union all
    select 'offence_code', sent from offence_lookup where offence_class is null and not is_blank
    union all
    select field, sent from word_lookup where meaning is null and not is_blank
) as unread
qualify row_number() over (partition by field order by sent) <= 5000
