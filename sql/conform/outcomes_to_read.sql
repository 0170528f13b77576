-- The labels of the file for an outcome that are still not known, at most so many as one code list can have.
select sent from outcome_lookup where outcome_code is null and not is_blank order by sent limit 5000
