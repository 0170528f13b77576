-- Crimes with a charge and no day of it: they count as charged, but in no month of outcomes and no number of days.
select crime_reference, recorded_on, outcome_code from crime
where outcome_code in ('1', '1A') and outcome_on is null and not is_excluded
order by recorded_on desc
