-- Crimes with a day of outcome and no outcome: they count as open, and an outcome may have been lost on its way here.
select crime_reference, recorded_on, outcome_on from crime
where outcome_code is null and outcome_on is not null and not is_excluded
order by outcome_on desc
