-- Crimes with another outcome and no day of it: they are in no month of outcomes assigned.
select crime_reference, recorded_on, outcome_code from crime
where outcome_code is not null and outcome_code not in ('1', '1A') and outcome_on is null and not is_excluded
order by recorded_on desc
