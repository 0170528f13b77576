-- Court cases of crimes that the crime export does not show as charged.
select p.case_reference, p.crime_reference, p.charged_on, c.outcome_code from prosecution as p
inner join crime as c on c.crime_reference = p.crime_reference and c.force_name = p.force_name
where coalesce(c.outcome_code, '') not in ('1', '1A')
order by p.charged_on desc
