-- Charged before it was recorded is believed of some crimes of a file, not where most outcomes stand before their crime: then the
-- two columns of days have each other's label.
update work.arrival as a set problem = 'outcome_before_crime', warning = null
where a.problem is null and a.outcome_on < a.recorded_on and (
    select count(*) filter (problem = 'outcome_before_crime') > count(*) filter (problem is null and outcome_on >= recorded_on) from work.arrival)
