-- Crimes of a class named for female victims whose victim is male: one of the two is wrong.
select c.crime_reference, c.recorded_on, c.offence_code, o.description from crime as c
inner join offence as o on o.offence_class = c.offence_class
where c.victim_sex = 'M' and regexp_matches(o.description, '\bfemale\b', 'i')
order by c.recorded_on desc
