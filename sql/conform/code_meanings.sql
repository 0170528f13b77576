-- Is a code an outcome, or an offence?
select
    (select count(*) from outcome where upper(outcome_code) = $code) + (select count(*) from offence_lookup where upper(sent) = $code) as meanings
