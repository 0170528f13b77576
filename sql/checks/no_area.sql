-- Crimes without an area: they are in the force's figures and in no area's.
select crime_reference, recorded_on, offence_code, team from crime where area is null and not is_excluded
order by recorded_on desc
