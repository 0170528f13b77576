-- Is a code an outcome, an offence, or a word of our own for a result, a decision or a kind of order?
select
    (select count(*) from outcome where upper(outcome_code) = $code) + (select count(*) from offence_lookup where upper(sent) = $code)
        + (select count(*) from value_label
            where (list_contains($lists, list) or list = 'crime_status') and upper(meaning) = $code) as meanings
