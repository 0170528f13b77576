-- How many crimes of one dip sample are held still, and how many of them are open again or have another outcome since they were drawn.
select
    count(*) as drawn,
    count(*) filter (coalesce(c.outcome_code, '') <> regexp_extract(s.stratum, '^outcome ([0-9A-Za-z]+)', 1)) as reopened
from dip_sample as s
inner join crime as c on c.force_name = s.force_name and c.crime_reference = s.crime_reference
where s.sample_id = $sample_id
