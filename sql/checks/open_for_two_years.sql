-- Crimes recorded more than two years before the newest one and still open: forgotten, or closed in another system.
select crime_reference, recorded_on, offence_code, area, team from crime
where outcome_code is null and not is_excluded and recorded_on < (select max(newest.recorded_on) from crime as newest) - interval 2 year
order by recorded_on
