-- Court cases that name a crime which no crime export holds.
select p.case_reference, p.crime_reference, p.charged_on from prosecution as p
where p.crime_reference is not null and exists (select 1 from crime)
    and not exists (select 1 from crime as c where c.crime_reference = p.crime_reference)
order by p.charged_on desc
